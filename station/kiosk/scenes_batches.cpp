// SPDX-License-Identifier: Apache-2.0
// Batches, one of them, a new one; and the log of what was done.
#include "station/kiosk/scene_parts.h"

#include <fmt/format.h>

#include "station/viewmodel/texts.h"

namespace keystamp::kiosk {
namespace {

using viewmodel::KioskController;
using viewmodel::StationController;

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
                db::CloudCounts cloud;
                if (state == db::BatchState::Closed) cloud = {{{db::CloudState::Registered, 30}, {db::CloudState::Provisioned, 206}, {db::CloudState::Missing, 2}}, 1};
                if (state == db::BatchState::Paused) {
                    one.batch.sample = 2;
                    one.batch.sampleOf = 50;
                    one.batch.stopped = "acme-000052: the cloud said disabled. In the cloud, unblock the device or enable its enrolment group, if it may connect.";
                }
                kiosk.batch()->show(one, {found, 243, 243, gaps}, cloud);
                kiosk.media()->show(media);
                if (gaps.empty()) {
                    kiosk.batch()->say(busy ? QStringLiteral("The manifest is on the stick, and was read back and verified. The stick may be pulled out.") : QString{}, false);
                } else {
                    kiosk.batch()->say(viewmodel::lineOf(ErrorCode::ReconciliationGap), true, QStringLiteral("order-4711"));
                }
                kiosk.showPage(KioskController::BatchPage);
            }};
}

/// It was extended by anna, or is just being.
Scene longer(const std::string& name, bool writing, const std::string& who) {
    return by(name, person(who, db::Role::Supervisor), {name, [=](KioskController& kiosk) {
                  kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
                  kiosk.media()->show({});
                  auto one = progress("order-4711", Mode::X509, 238, 0);
                  one.batch.pattern = "acme-{seq:06}";
                  one.batch.createdBy = "erika";
                  if (!writing) one.extension = db::Extension{300, 30, 0, "customer ordered 60 more", "anna"};
                  kiosk.batch()->show(one, {243, 243, 243, {}});
                  kiosk.batch()->say({}, false);
                  kiosk.showPage(KioskController::BatchPage);
                  if (!writing) return;
                  kiosk.extension()->begin();
                  for (const char c : std::string{"60"}) kiosk.extension()->key(c);
                  kiosk.extension()->setAt(viewmodel::ExtensionController::Reason);
                  for (const char c : std::string{"customer ordered 60 more"}) kiosk.extension()->key(c);
              }});
}

}  // namespace

std::vector<Scene> batchScenes() {
    return {
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
        batch("batch-open", db::BatchState::Open, {}, {}, false),
        longer("batch-extend", true, "anna"),
        longer("batch-extended", false, "anna"),
        longer("batch-release", false, "Bernadette Oberhuber"),
        batch("batch-gap", db::BatchState::Paused, {"leaf 4f3a9b70 of acme-000117 is in the signer's ledger and not in the journal"}, {{"/media/LINE ONE", 28'400'000'000}}, false),
        batch("batch-handed-over", db::BatchState::Closed, {}, {{"/media/LINE ONE", 28'400'000'000}, {"/media/AUDIT", 3'900'000'000}}, true),
    };
}

}  // namespace keystamp::kiosk
