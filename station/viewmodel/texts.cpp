// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/texts.h"

#include <QCoreApplication>

namespace keystamp::viewmodel {
namespace {

QString tr(const char* text, const char* comment = nullptr) {
    return QCoreApplication::translate("keystamp::viewmodel", text, comment);
}

constexpr qsizetype kLongestShown = 48;
const QString kDash = QStringLiteral("–");

}  // namespace

QString lineOf(ErrorCode code) {
    const auto text = textOf(code);
    return text.cause + QStringLiteral(". ") + text.next;
}

QString wordOf(db::Verdict verdict) {
    switch (verdict) {
        case db::Verdict::Pass:
            return tr("PASS", "verdict, as large as the tile allows");
        case db::Verdict::Fail:
            return tr("FAIL", "verdict: the board is bad");
        case db::Verdict::Error:
            return tr("ERROR", "verdict: the station is in trouble");
        case db::Verdict::Aborted:
            return tr("STOPPED", "verdict: a person stopped it");
    }
    return {};
}

QString workOf(const std::optional<db::UnitState>& step) {
    if (!step) return tr("Reading the board", "what the fixture does");
    switch (*step) {
        case db::UnitState::Reserved:
            return tr("Making the key", "what the fixture does");
        case db::UnitState::Intended:
            return tr("Issuing", "what the fixture does: the HSM signs or derives");
        case db::UnitState::Issued:
            return tr("Writing to the board", "what the fixture does");
        case db::UnitState::Written:
            return tr("Restart and proof", "what the fixture does");
        case db::UnitState::Verified:
            return tr("Recording", "what the fixture does");
        case db::UnitState::Recorded:
            return tr("Locking the board", "what the fixture does");
        case db::UnitState::Void:
            return tr("Setting the old one aside", "what the fixture does: its identity is void");
    }
    return {};
}

QString textOf(db::Role role) {
    switch (role) {
        case db::Role::Operator:
            return tr("operator", "a person's role");
        case db::Role::Supervisor:
            return tr("supervisor", "a person's role");
        case db::Role::Auditor:
            return tr("auditor", "a person's role");
    }
    return {};
}

QString textOf(db::CloudState state) {
    switch (state) {
        case db::CloudState::Registered:
            return tr("Registered", "state of a device in the cloud");
        case db::CloudState::Provisioned:
            return tr("Provisioned", "state of a device in the cloud: it has connected");
        case db::CloudState::Blocked:
            return tr("Blocked", "state of a device in the cloud");
        case db::CloudState::Missing:
            return tr("Missing", "state of a device in the cloud: it is not there");
    }
    return {};
}

QString textOf(Mode mode) {
    switch (mode) {
        case Mode::X509:
            return tr("Certificate", "how devices of a batch show who they are");
        case Mode::Sas:
            return tr("SAS key", "how devices of a batch show who they are");
        case Mode::Imported:
            return tr("Imported key", "how devices of a batch show who they are: a SAS key that the cloud made");
    }
    return {};
}

QString textOf(db::BatchState state) {
    switch (state) {
        case db::BatchState::Open:
            return tr("Open", "state of a batch");
        case db::BatchState::Paused:
            return tr("Paused", "state of a batch");
        case db::BatchState::Closed:
            return tr("Closed for good", "state of a batch");
    }
    return {};
}

QString textOf(std::chrono::milliseconds elapsed) {
    const auto tenths = elapsed.count() / 100;
    if (tenths < 600) return tr("%1.%2 s", "seconds and tenths").arg(tenths / 10).arg(tenths % 10);
    const auto seconds = tenths / 10;
    return tr("%1:%2 min", "minutes and seconds").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString taktOf(const db::Figures& figures) { return figures.takt ? textOf(*figures.takt) : kDash; }

QString yieldOf(const db::Figures& figures) {
    if (figures.boards == 0) return kDash;
    // rounded down: a hundred is every board
    const auto tenths = figures.firstPass * 1000 / figures.boards;
    return tr("%1.%2 %", "a share in per cent and tenths").arg(tenths / 10).arg(tenths % 10);
}

QString dateOf(UtcTime time) {
    const QString text = QString::fromStdString(toText(time));
    return text.left(10) + QLatin1Char(' ') + text.mid(11, 8) + QStringLiteral(" UTC");
}

QString shown(const std::string& scan) {
    QString text = QString::fromStdString(scan);
    for (QChar& one : text) {
        if (!one.isPrint()) one = QChar::ReplacementCharacter;
    }
    if (text.size() <= kLongestShown) return text;
    return text.left(kLongestShown / 2 - 1) + QChar(0x2026) + text.right(kLongestShown / 2);
}

}  // namespace keystamp::viewmodel
