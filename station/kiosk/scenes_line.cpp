// SPDX-License-Identifier: Apache-2.0
// 1 to 16 fixtures, and whatever one may show.
#include "station/kiosk/scene_parts.h"

#include <fmt/format.h>

namespace keystamp::kiosk {
namespace {

using viewmodel::KioskController;
using viewmodel::LineController;
using viewmodel::StationController;
using Phase = workflow::FixtureStatus::Phase;

/// What a fixture may show, one after another.
workflow::FixtureStatus status(std::size_t n) {
    workflow::FixtureStatus s;
    s.fixture = fmt::format("F{}", n + 1);
    s.scan = fmt::format("SN-2026-{:05}", n);
    s.job = 1;
    s.elapsed = std::chrono::milliseconds{3400 + 700 * n};
    const auto begun = [&](Phase phase) {
        s.phase = phase;
        s.deviceId = fmt::format("acme-{:06}", 100 + n);
        s.uid = fmt::format("3a0045001651363{:x}37363{:x}", n, n);
    };
    const auto done = [&](db::Verdict verdict, std::optional<Error> error) {
        begun(Phase::Done);
        s.verdict = verdict;
        s.error = std::move(error);
    };
    switch (n % 9) {
        case 0:
            done(db::Verdict::Pass, std::nullopt);
            s.step = db::UnitState::Recorded;
            break;
        case 1:
            begun(Phase::Working);
            s.step = db::UnitState::Issued;
            break;
        case 2:
            done(db::Verdict::Fail, Error{ErrorCode::ProofFailed, "the signature does not verify with the leaf's key"});
            break;
        case 3:
            done(db::Verdict::Error, Error{ErrorCode::BoardSilent, "prove: no answer in 10 s"});
            s.step = db::UnitState::Written;
            break;
        case 4:
            s.phase = Phase::Waiting;
            break;
        case 5:
            s.phase = Phase::Empty;
            break;
        case 6:
            s.phase = Phase::Offline;
            s.error = Error{ErrorCode::LinkUnavailable, "/dev/ttyUSB6"};
            break;
        case 7:
            s.phase = Phase::Done;
            s.error = Error{ErrorCode::AlreadyRecorded, "acme-000107"};
            break;
        default:
            done(db::Verdict::Aborted, Error{ErrorCode::Aborted, ""});
            break;
    }
    return s;
}

Scene line(const std::string& name, std::size_t fixtures, std::size_t first, bool refused) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
                std::vector<std::string> names;
                for (std::size_t n = 0; n < fixtures; ++n) names.push_back(status(first + n).fixture);
                kiosk.line()->tiles()->reset(names);
                for (std::size_t n = 0; n < fixtures; ++n) kiosk.line()->tiles()->apply(status(first + n));
                if (fixtures >= 5) kiosk.line()->tiles()->select(names[4]);
                db::Figures shift;
                shift.recorded = 1'204;
                shift.boards = 1'241;
                shift.firstPass = 1'197;
                shift.takt = std::chrono::milliseconds{11'400};
                kiosk.line()->show(progress("order-4711", Mode::X509, 112, 1), shift);
                kiosk.labels()->show({});
                if (refused) {
                    kiosk.line()->answerWith(LineController::Refused,
                                             QStringLiteral("SN-2026-00041: This board is already done."),
                                             QStringLiteral("Put the next board on."));
                } else {
                    kiosk.line()->answerWith(LineController::Taken, QStringLiteral("SN-2026-00042 is on F2."), {});
                }
                kiosk.showPage(KioskController::LinePage);
            }};
}

/// Its board is good and gets its label now.
Scene labelled(const std::string& name, std::size_t fixtures) {
    return {name, [=](KioskController& kiosk) {
                line(name, fixtures, 0, false).set(kiosk);
                auto last = status(0);
                last.labelAwaited = true;
                kiosk.line()->tiles()->apply(last);
            }};
}

/// Its boards failed alike: the last one was seen, and now somebody must look after the fixture.
Scene halted(const std::string& name, std::size_t fixtures) {
    return {name, [=](KioskController& kiosk) {
                line(name, fixtures, 2, false).set(kiosk);
                auto last = status(2);
                last.stopped = workflow::FixtureStop{ErrorCode::ProofFailed, 3};
                kiosk.line()->tiles()->apply(last);
                kiosk.line()->tiles()->acknowledge(last.fixture);
            }};
}

}  // namespace

std::vector<Scene> lineScenes() {
    return {
        {"signer-trouble",
         [](KioskController& kiosk) {
             kiosk.line()->tiles()->reset({"F1", "F2"});
             kiosk.line()->tiles()->apply(status(1));
             auto what = sample(true);
             what.signerTrouble = Error{ErrorCode::TokenMissing, "keystamp"};
             kiosk.station()->show(StationController::Ready, std::nullopt, what);
             kiosk.showPage(KioskController::LinePage);
         }},
        {"printer-trouble",
         [](KioskController& kiosk) {
             line("printer-trouble", 4, 0, false).set(kiosk);
             kiosk.labels()->show({{"acme-000100", "acme-000101", "acme-000102"}, Error{ErrorCode::PrinterEmpty, "labels"}, {}});
         }},
        {"label-twice",
         [](KioskController& kiosk) {
             line("label-twice", 4, 0, false).set(kiosk);
             kiosk.labels()->show({{}, {}, "acme-000100"});
         }},
        labelled("line-1-label", 1),
        labelled("line-4-label", 4),
        labelled("line-8-label", 8),
        labelled("line-16-label", 16),
        by("person-line-8", person("Erika Mustermann", db::Role::Operator), line("person-line-8", 8, 0, false), "Erika Mustermann has taken over from Otto."),
        line("line-1-pass", 1, 0, false),
        line("line-1-working", 1, 1, false),
        line("line-1-fail", 1, 2, true),
        line("line-1-error", 1, 3, false),
        line("line-1-refused", 1, 7, true),
        halted("line-1-halted", 1),
        halted("line-8-halted", 8),
        line("line-4", 4, 0, false),
        line("line-8", 8, 0, true),
        line("line-16", 16, 0, false),
    };
}

}  // namespace keystamp::kiosk
