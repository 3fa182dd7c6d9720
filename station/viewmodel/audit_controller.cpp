// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/audit_controller.h"

#include <nlohmann/json.hpp>

#include "db/audit_log.h"
#include "station/viewmodel/texts.h"
#include "station/workflow/export.h"

namespace keystamp::viewmodel {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> kindsOf(int filter) {
    switch (filter) {
        case AuditController::Units:
            return {"issue", "record", "void", "fail", "label-print", "label-reprint", "label-confirmed", "label-unconfirmed", "label-skipped"};
        case AuditController::Batches:
            return {"batch-create", "batch-state", "batch-extend", "batch-release"};
        case AuditController::People:
            return {"person-add", "person-remove", "person-login", "person-logout", "badge-refused", "fixture-stopped", "fixture-taken-up"};
        case AuditController::Signatures:
            return {"checkpoint", "clock-rebase", "journal-restore", "journal-reconcile", "keys-exported"};
        default:
            return {};
    }
}

QString plain(const Json& value) {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    return QString::fromStdString(text);
}

/// What a row says beside its number, time, kind and person: "id acme-000117 · batch order-4711".
QString textOf(const Json& row) {
    QStringList facts;
    for (const auto& [name, value] : row.items()) {
        if (name == "n" || name == "time" || name == "kind" || name == "prev" || name == "who" || value == "") continue;
        facts.push_back(QString::fromStdString(name) + QLatin1Char(' ') + plain(value));
    }
    return facts.join(QStringLiteral("  ·  "));
}

QVariantMap mapOf(const db::AuditRow& row) {
    const Json json = Json::parse(row.line, nullptr, false);
    const auto of = [&](const char* name) { return json.is_object() && json.contains(name) ? plain(json[name]) : QString{}; };
    const QString time = of("time");
    return {{QStringLiteral("number"), QString::number(row.number)},
            {QStringLiteral("time"), time.left(10) + QLatin1Char(' ') + time.mid(11, 8)},
            {QStringLiteral("kind"), of("kind")},
            {QStringLiteral("who"), of("who")},
            {QStringLiteral("text"), json.is_object() ? textOf(json) : QString::fromStdString(row.line)}};
}

}  // namespace

AuditController::AuditController(QObject* parent) : QObject(parent) {}

void AuditController::setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }

void AuditController::open() {
    m_wanted.clear();
    m_filter = Everything;
    say({}, false);
    look(0);
}

void AuditController::setFilter(int filter) {
    m_filter = filter;
    look(0);
}

void AuditController::find(const QString& text) {
    m_wanted = text.trimmed();
    look(0);
}

void AuditController::findAll() { find({}); }

void AuditController::older() {
    if (more()) look(m_lookedTo);
}

void AuditController::look(std::uint64_t before) {
    m_before = before;
    Q_EMIT changed();
    if (!m_station) return;
    db::AuditSearch search{.kinds = kindsOf(m_filter), .text = m_wanted.toStdString(), .before = before};
    m_background.run(
        this,
        [station = m_station, search = std::move(search)] {
            const auto rows = station->journal->auditRows();
            const auto last = station->journal->lastCheckpoint();
            return Look{station->journal->searchAudit(search), rows ? *rows : 0, last ? *last : std::nullopt};
        },
        [this, before, filter = m_filter, wanted = m_wanted](const Look& seen) {
            if (before != m_before || filter != m_filter || wanted != m_wanted) return;
            if (!seen.found) return say(lineOf(seen.found.error().code), true);
            show(*seen.found, seen.rows, seen.checkpoint);
        });
}

void AuditController::show(const db::AuditFound& found, std::uint64_t rows, const std::optional<db::Checkpoint>& checkpoint) {
    m_rows = found.rows;
    m_lookedTo = found.lookedTo;
    m_all = rows;
    m_checkpoint = checkpoint;
    Q_EMIT changed();
    Q_EMIT rowsChanged();
}

void AuditController::act(const QString& busy, bool verifies, std::function<Result<QString>()> work) {
    if (!m_station || !m_busy.isEmpty()) return;
    m_busy = busy;
    say({}, false);
    m_background.run(this, std::move(work), [this, verifies](const Result<QString>& done) {
        m_busy.clear();
        if (done) {
            say(*done, false, verifies);
        } else {
            say(lineOf(done.error().code) + QLatin1Char(' ') + QString::fromStdString(done.error().detail), true);
        }
        look(0);
    });
}

void AuditController::verify() {
    act(tr("Verifying every row", "what is done with the audit log"), true, [station = m_station]() -> Result<QString> {
        const auto last = workflow::newestCheckpoint(*station);
        if (!last) return last.error();
        const auto key = workflow::auditKey(*station);
        if (!key) return key.error();
        const auto report = db::verifyAuditLog(*station->journal, *last, *key);
        if (!report) return report.error();
        const QString rows = QString::number(report->rows);
        if (!report->checkpoint) return tr("%1 rows, gapless and unchanged. Nothing was signed yet.", "the audit log").arg(rows);
        return tr("%1 rows, gapless and unchanged, as they were signed at row %2.", "the audit log").arg(rows).arg(report->checkpoint->size);
    });
}

void AuditController::sign() {
    act(tr("Signing", "what is done with the audit log"), false, [station = m_station]() -> Result<QString> {
        const auto signedHead = workflow::takeCheckpoint(*station);
        if (!signedHead) return signedHead.error();
        return tr("%1 rows stand under a signed checkpoint now.", "the audit log").arg(signedHead->size);
    });
}

void AuditController::handOver(const QString& folder) {
    if (!m_station) return;
    const std::string place = folder.isEmpty() ? m_station->config.data + "/manifests" : folder.toStdString();
    act(tr("Writing a copy. Leave the stick in.", "what is done with the audit log"), false, [station = m_station, place]() -> Result<QString> {
        const auto path = workflow::handOverAuditLog(*station, place);
        if (!path) return path.error();
        return tr("The log and its checkpoint are in %1, and were verified there.", "%1: a file").arg(QString::fromStdString(*path));
    });
}

QVariantList AuditController::rows() const {
    QVariantList all;
    for (const auto& row : m_rows) all.push_back(mapOf(row));
    return all;
}

QStringList AuditController::filters() const {
    return {tr("Everything", "rows of the audit log"), tr("Units", "rows of the audit log"), tr("Batches", "rows of the audit log"),
            tr("People", "rows of the audit log"), tr("Signatures", "rows of the audit log")};
}

QString AuditController::checkpoint() const {
    if (!m_checkpoint) return tr("%1 rows; none is under a signature yet", "the audit log").arg(m_all);
    return tr("%1 rows; signed up to row %2", "the audit log").arg(m_all).arg(m_checkpoint->size);
}

void AuditController::say(const QString& said, bool bad, bool verified) {
    m_said = said;
    m_bad = bad;
    m_verified = verified;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
