// SPDX-License-Identifier: Apache-2.0
// One device, and what a supervisor does to it.
#include "station/kiosk/scene_parts.h"

#include "station/label/template.h"

namespace keystamp::kiosk {
namespace {

using viewmodel::KioskController;
using viewmodel::StationController;

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
                                        {*DeviceId::parse("acme-000009")},
                                        db::CloudWord{db::CloudState::Provisioned, "iotc-devices", UtcTime{std::chrono::hours{24} * 20'703}}};
                    kiosk.unit()->show(shown, viewmodel::UnitController::labelOf(settings, shown));
                }
                kiosk.showPage(KioskController::UnitPage);
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

/// Its reason is none of the usual ones.
Scene writing(const std::string& name) {
    return by(name, person("anna", db::Role::Supervisor), {name, [=](KioskController& kiosk) {
                  deciding(name, viewmodel::UnitActController::Scrap, false, std::nullopt).set(kiosk);
                  kiosk.unitAct()->write();
                  for (const char c : std::string{"burnt in the climate chamber, RMA 118"}) kiosk.unitAct()->key(c);
              }});
}

}  // namespace

std::vector<Scene> deviceScenes() {
    return {
        device("device-none", false),
        device("device", true),
        by("supervisor-device", person("anna", db::Role::Supervisor), device("supervisor-device", true)),
        deciding("rework", viewmodel::UnitActController::Rework, false, std::nullopt),
        writing("scrap-written"),
        deciding("scrap", viewmodel::UnitActController::Scrap, false, std::nullopt),
        deciding("passphrase", viewmodel::UnitActController::Rework, true, std::nullopt),
        deciding("passphrase-wrong", viewmodel::UnitActController::Rework, true,
                 Error{ErrorCode::PassphraseWrong, "after 3 wrong entries for anna the next one is taken in 4 s"}),
    };
}

}  // namespace keystamp::kiosk
