// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/batch_controller.h"

#include "core/process.h"
#include "station/viewmodel/texts.h"
#include "station/workflow/export.h"

namespace keystamp::viewmodel {
namespace {

QString plain(std::uint64_t number) { return QString::number(number); }

}  // namespace

BatchController::BatchController(Background& background, QObject* parent)
    : QObject(parent), m_background(background), m_who(userName()) {}

void BatchController::setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }

void BatchController::setPerson(const std::string& name, bool decides) {
    m_who = name.empty() ? userName() : name;
    m_decides = decides;
    Q_EMIT changed();
}

void BatchController::open(const QString& name) {
    if (!m_station || !m_busy.isEmpty()) return;
    m_name = name;
    m_progress.reset();
    m_counts.reset();
    m_cloud = {};
    say({}, false);
    look();
}

void BatchController::changedBy(const QString& said) {
    say(said, false);
    look();
}

void BatchController::look() {
    m_background.run(
        this,
        [station = m_station, name = m_name.toStdString()] {
            return Look{station->journal->batch(name), workflow::reconcile(*station, name), db::CloudStates{*station->journal}.counts(name)};
        },
        [this, name = m_name](const Look& seen) {
            if (name != m_name) return;
            if (!seen.progress) return refuse(seen.progress.error());
            m_progress = *seen.progress;
            m_counts = seen.counts ? std::optional{*seen.counts} : std::nullopt;
            m_cloud = seen.cloud ? *seen.cloud : db::CloudCounts{};
            if (!seen.counts && !m_bad) return refuse(seen.counts.error());
            Q_EMIT changed();
        });
}

void BatchController::act(const QString& busy, const QString& done, std::function<Result<void>()> work) {
    if (!m_station || !m_progress || !m_busy.isEmpty()) return;
    m_busy = busy;
    say({}, false);
    m_background.run(this, std::move(work), [this, done](const Result<void>& result) {
        m_busy.clear();
        result ? say(done, false) : refuse(result.error());
        look();
    });
}

void BatchController::setState(db::BatchState state, const QString& busy, const QString& done) {
    act(busy, done, [station = m_station, name = m_name.toStdString(), state, who = m_who] { return station->journal->setBatchState(name, state, who); });
}

void BatchController::pause() {
    if (mayPause()) setState(db::BatchState::Paused, tr("Pausing", "what is done with a batch"), tr("It is paused: no board of it is begun.", "a batch"));
}

void BatchController::resume() {
    if (mayResume()) setState(db::BatchState::Open, tr("Taking it up again", "what is done with a batch"), tr("It is open again.", "a batch"));
}

void BatchController::close() {
    if (!mayClose()) return;
    act(tr("Closing", "what is done with a batch"), tr("It is closed for good. Hand it over now.", "a batch"),
        [station = m_station, name = m_name.toStdString(), who = m_who]() -> Result<void> {
            const auto closed = workflow::closeBatch(*station, name, who);
            return closed ? Result<void>{} : closed.error();
        });
}

void BatchController::write(const QString& folder, const QString& busy, const QString& done) {
    act(busy, done, [station = m_station, name = m_name.toStdString(), place = folder.toStdString()]() -> Result<void> {
        const auto written = workflow::handOver(*station, name, place);
        return written ? Result<void>{} : written.error();
    });
}

void BatchController::handOver(const QString& folder) {
    write(folder, tr("Writing the manifest. Leave the stick in.", "what is done with a batch"),
          tr("The manifest is on the stick, and was read back and verified. The stick may be pulled out.", "a batch"));
}

void BatchController::keepHere() {
    if (!m_station) return;
    const QString folder = QString::fromStdString(m_station->config.data) + QStringLiteral("/manifests");
    write(folder, tr("Writing the manifest", "what is done with a batch"), tr("The manifest is in %1, and was verified.", "%1: a folder").arg(folder));
}

QString BatchController::state() const {
    return m_progress ? textOf(m_progress->batch.state) : QString{};
}

QVariantList BatchController::facts() const {
    QVariantList all;
    if (!m_progress) return all;
    const auto& [batch, recorded, unresolved, voided, failed, extension] = *m_progress;
    const auto add = [&](const QString& name, const QString& value) {
        all.push_back(QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    };
    if (!batch.stopped.empty()) add(tr("Stopped", "a batch's fact: why the station paused it by itself"), QString::fromStdString(batch.stopped));
    add(tr("Recorded", "a batch's fact: how many units"), tr("%1 of %2", "recorded of ordered").arg(plain(recorded), plain(batch.count)));
    add(tr("Unresolved", "a batch's fact: units that wait for their board"), plain(unresolved));
    add(tr("Voided", "a batch's fact: how many units"), plain(voided));
    add(tr("Failed", "a batch's fact: how many jobs"), plain(failed));
    add(tr("Credential", "a batch's fact: certificate or SAS key"), textOf(batch.mode));
    add(tr("ID scope", "a batch's fact: which cloud application it is for"), QString::fromStdString(batch.scopeId));
    if (const QString cloud = inTheCloud(); !cloud.isEmpty()) add(tr("In the cloud", "a batch's fact: how many of its devices are in which state there"), cloud);
    if (batch.sampleOf != 0) {
        add(tr("Sample", "a batch's fact: how many units register with the cloud from the line"), tr("%1 of %2", "units that register from the line, of every so many").arg(plain(batch.sample), plain(batch.sampleOf)));
    }
    add(tr("Device IDs", "a batch's fact: their pattern, or that they are listed"),
        batch.pattern.empty() ? tr("from a list", "a batch's device IDs") : QString::fromStdString(batch.pattern));
    add(tr("May issue", "a batch's fact: the cap"), tr("%1, %2 of them spare", "%1: how many in all").arg(plain(batch.cap()), plain(batch.spare)));
    add(tr("Opened", "a batch's fact: when and by whom"), dateOf(batch.createdAt) + QStringLiteral(" · ") + QString::fromStdString(batch.createdBy));
    return all;
}

QString BatchController::inTheCloud() const {
    QStringList all;
    for (const auto& [state, count] : m_cloud.recorded) all.push_back(textOf(state) + QLatin1Char(' ') + plain(count));
    if (m_cloud.toBlock > 0) all.push_back(tr("void and not blocked %1", "devices in the cloud; %1: how many").arg(plain(m_cloud.toBlock)));
    return all.join(QStringLiteral(" · "));
}

QString BatchController::gaps() const {
    if (!m_counts) return {};
    QStringList lines;
    for (const auto& gap : m_counts->gaps) lines.push_back(QString::fromStdString(gap));
    return lines.join(QLatin1Char('\n'));
}

void BatchController::show(const db::BatchProgress& progress, const workflow::Reconciliation& counts, const db::CloudCounts& cloud) {
    m_name = QString::fromStdString(progress.batch.name);
    m_progress = progress;
    m_counts = counts;
    m_cloud = cloud;
    Q_EMIT changed();
}

void BatchController::refuse(const Error& error) { say(lineOf(error.code), true, QString::fromStdString(error.detail)); }

void BatchController::say(const QString& said, bool bad, const QString& detail) {
    m_said = said;
    m_bad = bad;
    m_detail = detail;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
