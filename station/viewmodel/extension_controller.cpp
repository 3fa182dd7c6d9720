// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/extension_controller.h"

#include "station/viewmodel/texts.h"
#include "station/viewmodel/typed_text.h"

namespace keystamp::viewmodel {

ExtensionController::ExtensionController(AuthorityController& authority, QObject* parent) : QObject(parent), m_authority(authority) {}

bool ExtensionController::mayAsk() const { return m_supervisor && m_batch && m_batch->batch.state != db::BatchState::Closed; }

bool ExtensionController::mayRelease() const { return mayAsk() && m_batch->extension && m_batch->extension->who != *m_supervisor; }

QString ExtensionController::waits() const {
    if (!m_batch || !m_batch->extension) return {};
    const auto& more = *m_batch->extension;
    return tr("%3 wants %1 units and %2 spare: %4. A second supervisor releases it.", "%1, %2: how many in a batch, %3: a person, %4: why")
        .arg(more.count)
        .arg(more.spare)
        .arg(shown(more.who), shown(more.reason));
}

QVariantList ExtensionController::lines() const {
    const bool listed = m_batch && m_batch->batch.pattern.empty();
    const std::array<QString, kLines> names{listed ? tr("How many more, for the device IDs that it has", "line of a longer batch")
                                                   : tr("How many more", "line of a longer batch"),
                                            tr("Why", "line of a longer batch: the reason")};
    return linesOf(names, m_values);
}

void ExtensionController::setAt(int line) {
    if (line < Count || line >= kLines) return;
    m_at = line;
    Q_EMIT changed();
}

void ExtensionController::offer(const std::optional<db::BatchProgress>& batch, const std::optional<std::string>& supervisor) {
    const bool same = batch && m_batch && batch->batch.name == m_batch->batch.name && supervisor == m_supervisor;
    m_batch = batch;
    m_supervisor = supervisor;
    if (!same) m_writing = false;
    Q_EMIT changed();
}

void ExtensionController::begin() {
    if (!mayAsk()) return;
    m_values = {};
    m_at = Count;
    m_writing = true;
    say({});
}

void ExtensionController::cancel() {
    m_writing = false;
    Q_EMIT changed();
}

void ExtensionController::key(int code) {
    addTyped(m_values[static_cast<std::size_t>(m_at)], code);
    Q_EMIT changed();
}

void ExtensionController::eraseLast() {
    m_values[static_cast<std::size_t>(m_at)].chop(1);
    Q_EMIT changed();
}

void ExtensionController::give(const QString& text) {
    if (!m_writing) return;
    m_values[static_cast<std::size_t>(m_at)] = text.left(kLongestTyped);
    if (m_at == Reason) return ask();
    setAt(Reason);
}

void ExtensionController::ask() {
    if (!m_writing || !mayAsk()) return;
    workflow::BatchExtension more;
    more.batch = m_batch->batch.name;
    bool number = false;
    more.count = m_values[Count].trimmed().toULongLong(&number);
    more.reason = m_values[Reason].trimmed().toStdString();
    if (!number || more.count == 0) {
        m_at = Count;
        return say(tr("How many more: a whole number.", "what is wrong with a longer batch"));
    }
    if (!workflow::isReason(more.reason)) {
        m_at = Reason;
        return say(tr("Write why, for the record.", "what is wrong with a longer batch"));
    }
    say({});
    const QString name = QString::fromStdString(more.batch);
    m_authority.ask(
        tr("%1 more for batch %2: %3", "%1: how many, %2: a batch, %3: why").arg(more.count).arg(name, shown(more.reason)), *m_supervisor,
        [station = m_station, more](const hsm::Authority& authority) -> Result<void> {
            const auto extended = workflow::extendBatch(*station, more, authority);
            return extended ? Result<void>{} : extended.error();
        },
        [this] {
            cancel();
            Q_EMIT done(tr("It waits for a second supervisor, who releases it here.", "a longer batch"));
        });
}

void ExtensionController::release() {
    if (!mayRelease()) return;
    const auto& more = *m_batch->extension;
    const QString name = QString::fromStdString(m_batch->batch.name);
    m_authority.ask(
        tr("Release batch %1 for %2 units and %3 spare: %4", "%1: a batch, %2, %3: how many, %4: why").arg(name).arg(more.count).arg(more.spare).arg(shown(more.reason)),
        *m_supervisor,
        [station = m_station, batch = m_batch->batch.name, shown = more.cap()](const hsm::Authority& authority) {
            return workflow::releaseBatch(*station, batch, authority, shown);
        },
        [this] { Q_EMIT done(tr("It is released.", "a longer batch")); });
}

void ExtensionController::say(const QString& trouble) {
    m_trouble = trouble;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
