// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/media_controller.h"

#include <QLocale>
#include <filesystem>
#include <utility>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

constexpr std::chrono::seconds kAgain{2};

struct Found {
    std::vector<workflow::Medium> media;
    std::vector<std::string> lists;
};

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
        this,
        [] {
            Found found{workflow::removableMedia(), {}};
            for (const auto& medium : found.media) {
                const auto lists = workflow::listsOn(medium);
                found.lists.insert(found.lists.end(), lists.begin(), lists.end());
            }
            return found;
        },
        [this](const Found& found) {
            m_looking = false;
            show(found.media, found.lists);
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

QVariantList MediaController::lists() const {
    QVariantList all;
    for (const auto& path : m_lists) {
        all.push_back(QVariantMap{{QStringLiteral("path"), QString::fromStdString(path)},
                                  {QStringLiteral("name"), shown(std::filesystem::path{path}.filename())}});
    }
    return all;
}

void MediaController::show(const std::vector<workflow::Medium>& media, const std::vector<std::string>& lists) {
    m_media = media;
    m_lists = lists;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
