// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/batches_controller.h"

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

BatchesController::BatchesController(Background& background, QObject* parent)
    : QObject(parent), m_background(background) {}

void BatchesController::setStation(std::shared_ptr<workflow::Station> station) {
    m_station = std::move(station);
    refresh();
}

void BatchesController::refresh() {
    if (!m_station) return;
    m_background.run(
        this, [station = m_station] { return station->journal->batches(); },
        [this](const Result<std::vector<db::BatchProgress>>& all) {
            if (!all) {
                say(lineOf(all.error().code));
                return;
            }
            show(*all);
        });
}

void BatchesController::lineLeft(const std::optional<Error>& notSigned) {
    m_notSigned.clear();
    if (notSigned) {
        const auto text = textOf(notSigned->code);
        m_notSigned = tr("All is recorded, but not under a signature yet: %1. %2", "%1: why, %2: what to do").arg(text.cause, text.next);
    }
    Q_EMIT changed();
    refresh();
}

void BatchesController::show(const std::vector<db::BatchProgress>& all) {
    m_batches.set(all, !m_all);
    m_known = true;
    say({});
}

void BatchesController::setAll(bool all) {
    m_all = all;
    Q_EMIT changed();
    refresh();
}

void BatchesController::choose(const QString& name) {
    if (!m_batches.hasOpen(name)) {
        say(tr("No open batch is called %1.", "%1: what was scanned").arg(shown(name.toStdString())));
        return;
    }
    say({});
    Q_EMIT chosen(name);
}

void BatchesController::say(const QString& trouble) {
    m_trouble = trouble;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
