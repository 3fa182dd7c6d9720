// SPDX-License-Identifier: Apache-2.0
#include "station/kiosk/samples.h"

#include <fmt/format.h>

#include "station/label/template.h"
#include "station/viewmodel/texts.h"

namespace keystamp::kiosk {
namespace {

using viewmodel::KioskController;
using viewmodel::LineController;
using viewmodel::StationController;
using Phase = workflow::FixtureStatus::Phase;

constexpr std::uint64_t kOrdered = 240;

StationController::Sample sample(bool demo, int waiting = 0) {
    return {QStringLiteral("line-1"), demo, waiting, std::nullopt};
}

db::BatchProgress progress(const std::string& name, Mode mode, std::uint64_t recorded, std::uint64_t unresolved) {
    db::BatchProgress one;
    one.batch.name = name;
    one.batch.mode = mode;
    one.batch.scopeId = "0ne00ABCDEF";
    one.batch.count = kOrdered;
    one.recorded = recorded;
    one.unresolved = unresolved;
    one.failedJobs = 3;
    return one;
}

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
                kiosk.line()->show(progress("order-4711", Mode::X509, 12, 1));
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

db::Unit unit(db::UnitState state, int day) {
    db::Unit one{.batch = "order-4711",
                 .id = *DeviceId::parse("acme-000117"),
                 .scan = "SN-2026-00117",
                 .uid = Bytes(12, 0x3A),
                 .state = state,
                 .fixture = "F3",
                 .job = {},
                 .serial = {},
                 .certificate = Bytes(300, static_cast<std::uint8_t>(day)),
                 .evidence = db::Evidence::Proof,
                 .family = "acme-sensor",
                 .firmware = "1.4.2",
                 .voidReason = {}};
    one.createdAt = one.changedAt = one.recordedAt = UtcTime{std::chrono::hours{24} * (20'700 + day)};
    if (state == db::UnitState::Void) {
        one.voidReason = "flash replaced, RMA 118 (erika)";
        one.voidedFor = db::VoidedFor::Rework;
    } else {
        one.supersedes = sha256("the certificate before");
    }
    return one;
}

Scene device(const std::string& name, bool found) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
                kiosk.unit()->clear();
                const db::Unit first = unit(db::UnitState::Void, 1);
                const db::Unit second = unit(db::UnitState::Recorded, 2);
                const auto job = [](const db::Unit& of, db::Verdict verdict, ErrorCode code) {
                    return db::JobRecord{"", of.batch, of.fixture, of.scan, of.id, of.uid, 1, of.createdAt, of.changedAt, verdict,
                                         verdict == db::Verdict::Pass ? "" : std::string{keystamp::name(code)}, ""};
                };
                if (found) {
                    label::Settings settings;
                    settings.form = label::Template::standard(settings.widthMm, settings.heightMm, settings.dotsPerMm);
                    const workflow::Device shown{first.id, {first, second},
                                        {job(first, db::Verdict::Error, ErrorCode::BoardSilent), job(first, db::Verdict::Pass, ErrorCode::Internal),
                                         job(second, db::Verdict::Fail, ErrorCode::ProofFailed), job(second, db::Verdict::Pass, ErrorCode::Internal)},
                                        {*DeviceId::parse("acme-000009")}};
                    kiosk.unit()->show(shown, viewmodel::UnitController::labelOf(settings, shown));
                }
                kiosk.showPage(KioskController::UnitPage);
            }};
}

Scene batch(const std::string& name, db::BatchState state, const std::vector<std::string>& gaps, const std::vector<workflow::Medium>& media, bool busy) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
                auto one = progress("order-4711", Mode::X509, 238, state == db::BatchState::Open ? 2 : 0);
                one.batch.state = state;
                one.batch.pattern = "acme-{seq:06}";
                one.batch.spare = 24;
                one.batch.createdBy = "erika";
                one.batch.createdAt = UtcTime{std::chrono::hours{24 * 20'700}};
                const std::uint64_t found = 243 + gaps.size();
                kiosk.batch()->show(one, {found, 243, 243, gaps});
                kiosk.media()->show(media);
                if (gaps.empty()) {
                    kiosk.batch()->say(busy ? QStringLiteral("The manifest is on the stick, and was read back and verified. The stick may be pulled out.") : QString{}, false);
                } else {
                    kiosk.batch()->say(viewmodel::lineOf(ErrorCode::ReconciliationGap), true, QStringLiteral("order-4711"));
                }
                kiosk.showPage(KioskController::BatchPage);
            }};
}

Scene figures(const std::string& name, int hours) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
                db::Figures all;
                for (int hour = 0; hour < hours; ++hour) {
                    const auto recorded = static_cast<std::uint64_t>(180 + 37 * (hour % 5));
                    all.hours.push_back({UtcTime{std::chrono::hours{24 * 20'700 + hour}}, recorded, static_cast<std::uint64_t>(hour % 7)});
                    all.recorded += recorded;
                }
                all.boards = all.recorded + 9;
                all.firstPass = all.recorded * 97 / 100;
                if (hours > 0) {
                    all.takt = std::chrono::milliseconds{11'400};
                    all.failures = {{"F3", "board-silent", 9}, {"F7", "proof-failed", 4}, {"F3", "board-nonsense", 1}};
                }
                kiosk.figures()->show(all, hours == 0 ? workflow::Latency::Figures{} : workflow::Latency::Figures{940, std::chrono::microseconds{4'100}, std::chrono::microseconds{12'350}});
                kiosk.showPage(KioskController::FiguresPage);
            }};
}

Scene scanTrial(const std::string& name, const QString& scanned) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
                workflow::Config config;
                config.scan.take = "acme-{21}";
                kiosk.scanTrial()->setConfig(config);
                kiosk.scanTrial()->clear();
                if (!scanned.isEmpty()) kiosk.scanTrial()->scan(scanned);
                kiosk.showPage(KioskController::ScanPage);
            }};
}

Scene preflight(const std::string& name, bool good, bool running) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
                std::vector<workflow::Check> checks{
                    {"signer", true, "process 4711, started 1 times", ""},
                    {"HSM", true, "token \"keystamp\", serial 5f3c2a1b, logged in", ""},
                    {"primary CA", true, "CN=Acme Devices CA 1, P-256, valid 2025-01-01 to 2027-02-01; active; group key present",
                     "It ends in 64 days: have a new one signed (keystamp ca request)."},
                    {"journal", true, "/var/lib/keystamp/journal.db, whole: 118231 audit rows", ""}};
                if (!good) {
                    checks.push_back({"clock", false, "The clock does not fit the records: 2026-11-28, the last record is of 2026-11-29",
                                      "Set the clock; where it is right, a supervisor must say so."});
                    checks.push_back({"fixture F4", false, "The fixture cannot be reached: /dev/ttyUSB3", "Check its cable; call an engineer if this stays."});
                }
                kiosk.preflight()->show(checks, running);
                kiosk.showPage(KioskController::PreflightPage);
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

Scene start(const std::string& name, StationController::State state, std::optional<Error> error,
            KioskController::Page page) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(state, error, sample(false));
                kiosk.showPage(page);
                for (int digit = 0; digit < 6; ++digit) kiosk.pin()->digit(digit);
            }};
}

db::Person person(const std::string& name, db::Role role) {
    db::Person one;
    one.name = name;
    one.role = role;
    return one;
}

/// With the person who is logged in, if one is.
Scene by(const std::string& name, const std::optional<db::Person>& who, const Scene& scene, const std::string& badge = {}) {
    return {name, [=](KioskController& kiosk) {
                kiosk.person()->show({person("Erika Mustermann", db::Role::Operator)}, who);
                if (!badge.empty()) kiosk.person()->say(QString::fromStdString(badge), !who);
                scene.set(kiosk);
            }};
}

Scene locked() {
    return {"locked", [](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
                kiosk.showPage(KioskController::LockPage);
            }};
}

/// A supervisor decides about a device.
Scene deciding(const std::string& name, viewmodel::UnitActController::Act act, bool pad, std::optional<Error> error) {
    return by(name, person("anna", db::Role::Supervisor), {name, [=](KioskController& kiosk) {
                  device(name, true).set(kiosk);
                  kiosk.unitAct()->begin(act);
                  if (!pad) return;
                  kiosk.authority()->show(QStringLiteral("acme-000117: RMA 118"), "anna", error);
                  for (int digit = 0; digit < 9; ++digit) kiosk.authority()->entry()->digit(digit);
              }});
}

}  // namespace

std::vector<Scene> scenes() {
    std::vector<Scene> all{
        start("starting", StationController::Starting, std::nullopt, KioskController::StartPage),
        start("trouble", StationController::Trouble,
              Error{ErrorCode::SignerUnavailable, "/var/lib/keystamp/signer.sock", 111, "connect"},
              KioskController::StartPage),
        start("pin", StationController::PinNeeded, Error{ErrorCode::PinNeeded, "keystamp"}, KioskController::PinPage),
        start("pin-wrong", StationController::PinNeeded, Error{ErrorCode::PinWrong, "keystamp"},
              KioskController::PinPage),
        {"batches-none",
         [](KioskController& kiosk) {
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
             kiosk.batches()->show({});
             kiosk.showPage(KioskController::BatchesPage);
         }},
        {"batches",
         [](KioskController& kiosk) {
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(true, 2));
             kiosk.batches()->show(
                 {progress("order-4711", Mode::X509, 12, 1), progress("order-4712", Mode::Sas, 240, 0),
                  progress("a-batch-with-a-name-so-long-that-no-row-holds-it-all-of-it", Mode::Sas, 0, 0)});
             kiosk.showPage(KioskController::BatchesPage);
         }},
        {"batches-all",
         [](KioskController& kiosk) {
             auto closed = progress("order-4710", Mode::X509, 240, 0);
             closed.batch.state = db::BatchState::Closed;
             auto paused = progress("order-4712", Mode::Sas, 17, 0);
             paused.batch.state = db::BatchState::Paused;
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
             kiosk.batches()->setAll(true);
             kiosk.batches()->show({progress("order-4711", Mode::X509, 12, 1), paused, closed});
             kiosk.showPage(KioskController::BatchesPage);
             kiosk.batches()->setAll(false);
         }},
        {"audit",
         [](KioskController& kiosk) {
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
             kiosk.media()->show({{"/media/AUDIT", 3'900'000'000}});
             const auto row = [](std::uint64_t n, const char* what) { return db::AuditRow{n, fmt::format(R"({{"n":{},"time":"2026-11-29T14:02:11.250Z",{},"prev":""}})", n, what)}; };
             kiosk.audit()->show({{row(118'231, R"("kind":"record","unit":4711,"id":"acme-000117","batch":"order-4711","uid":"3a3a3a3a3a3a3a3a3a3a3a3a","fixture":"F3","evidence":"proof","who":"erika")"),
                                   row(118'230, R"("kind":"batch-extend","batch":"order-4711","count":300,"spare":30,"reason":"customer ordered 60 more","who":"chris")"),
                                   row(118'229, R"("kind":"fixture-taken-up","fixture":"F4","batch":"order-4711","times":3,"who":"erika")")},
                                  118'100},
                                 118'231, db::Checkpoint{"line-1", 118'000, {}, {}});
             kiosk.audit()->say(QStringLiteral("118231 rows, gapless and unchanged, as they were signed at row 118000."), false, true);
             kiosk.showPage(KioskController::AuditPage);
         }},
        {"new-batch",
         [](KioskController& kiosk) {
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
             kiosk.media()->show({{"/media/AUDIT", 3'900'000'000}}, {"/media/AUDIT/devices-order-4713.csv", "/media/AUDIT/export.csv"});
             kiosk.newBatch()->show({QStringLiteral("order-4713"), QStringLiteral("0ne00ABCDEF"), QStringLiteral("acme-{seq:06}"), QStringLiteral("501"), QStringLiteral("240"), {}}, {});
             kiosk.showPage(KioskController::NewBatchPage);
         }},
        {"new-batch-refused",
         [](KioskController& kiosk) {
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
             kiosk.newBatch()->show({QStringLiteral("order-4711"), QStringLiteral("0ne00ABCDEF"), QStringLiteral("acme-{seq:06}"), QStringLiteral("501"), QStringLiteral("240"), {}},
                                    Error{ErrorCode::BatchExists, "order-4711"});
             kiosk.showPage(KioskController::NewBatchPage);
         }},
        {"menu",
         [](KioskController& kiosk) {
             kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
             kiosk.showPage(KioskController::MenuPage);
         }},
        batch("batch-open", db::BatchState::Open, {}, {}, false),
        batch("batch-gap", db::BatchState::Paused, {"leaf 4f3a9b70 of acme-000117 is in the signer's ledger and not in the journal"}, {{"/media/LINE ONE", 28'400'000'000}}, false),
        batch("batch-handed-over", db::BatchState::Closed, {}, {{"/media/LINE ONE", 28'400'000'000}, {"/media/AUDIT", 3'900'000'000}}, true),
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
        preflight("preflight-running", true, true),
        preflight("preflight-good", true, false),
        preflight("preflight-bad", false, false),
        figures("figures-none", 0),
        figures("figures-shift", 8),
        figures("figures-day", 24),
        scanTrial("scan-none", {}),
        scanTrial("scan-taken", QStringLiteral("]d201095011015300032100117\x1d" "10LOT-7")),
        scanTrial("scan-refused", QStringLiteral("01095011015300042100117")),
        scanTrial("scan-layout", QString::fromStdString(workflow::testCodeOn("de"))),
        device("device-none", false),
        device("device", true),
        by("locked", std::nullopt, locked()),
        by("locked-unknown", std::nullopt, locked(), "This badge is nobody's. Scan it again, or have a supervisor add it."),
        by("auditor-batches", person("Aurelia Prüferin", db::Role::Auditor), {"auditor-batches", [](KioskController& kiosk) {
               kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
               kiosk.batches()->show({progress("order-4711", Mode::X509, 12, 1)});
               kiosk.showPage(KioskController::BatchesPage);
           }}),
        by("person-line-8", person("Erika Mustermann", db::Role::Operator), line("person-line-8", 8, 0, false), "Erika Mustermann has taken over from Otto."),
        by("supervisor-device", person("anna", db::Role::Supervisor), device("supervisor-device", true)),
        deciding("rework", viewmodel::UnitActController::Rework, false, std::nullopt),
        deciding("scrap", viewmodel::UnitActController::Scrap, false, std::nullopt),
        deciding("passphrase", viewmodel::UnitActController::Rework, true, std::nullopt),
        deciding("passphrase-wrong", viewmodel::UnitActController::Rework, true,
                 Error{ErrorCode::PassphraseWrong, "after 3 wrong entries for anna the next one is taken in 4 s"}),
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
    for (Scene& one : all) {
        // nobody is logged in but where the scene says so
        one.set = [set = std::move(one.set)](KioskController& kiosk) {
            kiosk.authority()->cancel();
            kiosk.person()->show({}, std::nullopt);
            set(kiosk);
        };
    }
    return all;
}

}  // namespace keystamp::kiosk
