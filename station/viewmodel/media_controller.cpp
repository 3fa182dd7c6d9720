// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/media_controller.h"

#include <QLocale>
#include <utility>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

constexpr std::chrono::seconds kAgain{2};

}  // namespace

MediaController::MediaController(QObject* parent) : QObject(parent) {
    m_again.setInterval(kAgain);
    connect(&m_again, &QTimer::timeout, this, &MediaController::look);
}

void MediaController::setShown(bool shown) {
    if (!shown) return m_again.stop();
    if (m_again.isActive()) return;
    look();
    m_again.start();
}

void MediaController::look() {
    if (std::exchange(m_looking, true)) return;
    m_background.run(
        this, [] { return workflow::removableMedia(); },
        [this](const std::vector<workflow::Medium>& media) {
            m_looking = false;
            show(media);
        });
}

QVariantList MediaController::media() const {
    QVariantList all;
    for (const auto& medium : m_media) {
        all.push_back(QVariantMap{{QStringLiteral("folder"), QString::fromStdString(medium.folder)},
                                  {QStringLiteral("name"), shown(medium.name())},
                                  {QStringLiteral("free"), QLocale::c().formattedDataSize(static_cast<qint64>(medium.free), 0)}});
    }
    return all;
}

void MediaController::show(const std::vector<workflow::Medium>& media) {
    m_media = media;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
