// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/life_model.h"

#include <algorithm>

#include "core/code_named.h"
#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

QString plain(std::string_view text) { return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())); }

/// In groups of eight digits, so that a person can hold them against a cloud's page.
QString grouped(const std::string& hex) {
    QString text;
    for (std::size_t at = 0; at < hex.size(); at += 8) text += (at == 0 ? QString{} : QStringLiteral(" ")) + plain(hex).mid(static_cast<qsizetype>(at), 8);
    return text;
}

}  // namespace

QString stateOf(const db::Unit& unit) {
    switch (unit.state) {
        case db::UnitState::Recorded:
            return LifeModel::tr("Recorded", "a device's state");
        case db::UnitState::Void:
            return unit.voidedFor == db::VoidedFor::Scrap ? LifeModel::tr("Scrapped", "a device's state") : LifeModel::tr("Void", "a device's state");
        case db::UnitState::Reserved:
        case db::UnitState::Intended:
            return LifeModel::tr("Begun", "a device's state: nothing was issued yet");
        case db::UnitState::Issued:
        case db::UnitState::Written:
        case db::UnitState::Verified:
            return LifeModel::tr("Unresolved", "a device's state: interrupted, it waits for its board");
    }
    return {};
}

QVariantList factsOf(const db::Unit& unit) {
    QVariantList facts;
    const auto add = [&](const QString& name, const QString& value) {
        if (!value.isEmpty()) facts.push_back(QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
    };
    add(LifeModel::tr("Batch", "a device's fact"), plain(unit.batch));
    add(LifeModel::tr("Label", "a device's fact: what was scanned"), shown(unit.scan));
    add(LifeModel::tr("Board", "a device's fact: UID, family, firmware"),
        (plain(toHex(unit.uid)) + QLatin1Char(' ') + plain(unit.family) + QLatin1Char(' ') + plain(unit.firmware)).trimmed());
    if (unit.state == db::UnitState::Recorded) add(LifeModel::tr("Recorded", "a device's fact: when, where"), dateOf(unit.recordedAt) + QStringLiteral(" · ") + plain(unit.fixture));
    add(LifeModel::tr("Shown by", "a device's fact: proof, digest, read-back or accepted"), plain(name(unit.evidence)));
    add(LifeModel::tr("Key made by", "a device's fact: board, station ..."), plain(name(unit.origin)));
    add(LifeModel::tr("CA slot", "a device's fact: primary or secondary"), plain(name(unit.slot)));
    if (!unit.certificate.empty()) {
        add(QStringLiteral("SHA-1"), grouped(toHexUpper(sha1(unit.certificate))));
        add(QStringLiteral("SHA-256"), grouped(toHexUpper(sha256(BytesView{unit.certificate}))));
    }
    if (unit.supersedes != Digest{}) add(LifeModel::tr("Replaces", "a device's fact: SHA-256 of the certificate before"), grouped(toHexUpper(unit.supersedes)));
    return facts;
}

LifeModel::Look LifeModel::lookOf(const db::Unit& unit) {
    if (unit.state == db::UnitState::Recorded) return Pass;
    return unit.unresolved() ? Error : Plain;
}

LifeModel::Event LifeModel::begunOf(const db::Unit& unit) {
    return {unit.createdAt, Plain, tr("Begun", "an event: a unit was reserved"),
            tr("batch %1, label %2, board %3", "where a unit was begun").arg(plain(unit.batch), shown(unit.scan), plain(toHex(unit.uid)))};
}

LifeModel::Event LifeModel::voidOf(const db::Unit& unit) {
    const QString word = unit.voidedFor == db::VoidedFor::Scrap    ? tr("Scrapped", "an event")
                         : unit.voidedFor == db::VoidedFor::Rework ? tr("For rework", "an event: voided, to be made anew")
                                                                   : tr("Void", "an event");
    return {unit.changedAt, Plain, word, shown(unit.voidReason)};
}

LifeModel::Event LifeModel::endOf(const db::JobRecord& job) {
    const auto look = [&] {
        switch (job.verdict) {
            case db::Verdict::Pass:
                return Pass;
            case db::Verdict::Fail:
                return Fail;
            case db::Verdict::Error:
                return Error;
            case db::Verdict::Aborted:
                return Stopped;
        }
        return Plain;
    }();
    QString what = job.who.empty() ? tr("on %1", "%1: a fixture").arg(plain(job.fixture))
                                   : tr("on %1, by %2", "%1: a fixture, %2: a person").arg(plain(job.fixture), shown(job.who));
    if (const auto code = codeNamed(job.reason)) what += QStringLiteral(": ") + textOf(*code).cause;
    if (!job.detail.empty()) what += QStringLiteral(" (") + plain(job.detail) + QLatin1Char(')');
    return {job.endedAt, look, wordOf(job.verdict), what};
}

void LifeModel::set(const std::vector<db::Unit>& units, const std::vector<db::JobRecord>& jobs) {
    beginResetModel();
    m_events.clear();
    for (const auto& unit : units) {
        m_events.push_back(begunOf(unit));
        if (unit.state == db::UnitState::Void) m_events.push_back(voidOf(unit));
    }
    for (const auto& job : jobs) m_events.push_back(endOf(job));
    std::ranges::stable_sort(m_events, std::ranges::greater{}, &Event::time);
    endResetModel();
    Q_EMIT countChanged();
}

QVariant LifeModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Event& event = m_events[static_cast<std::size_t>(index.row())];
    switch (role) {
        case TimeRole:
            return dateOf(event.time);
        case LookRole:
            return event.look;
        case Qt::DisplayRole:
        case WordRole:
            return event.word;
        case WhatRole:
            return event.what;
        default:
            return {};
    }
}

QHash<int, QByteArray> LifeModel::roleNames() const {
    return {{TimeRole, "time"}, {LookRole, "look"}, {WordRole, "word"}, {WhatRole, "what"}};
}

}  // namespace keystamp::viewmodel
