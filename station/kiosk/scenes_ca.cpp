// SPDX-License-Identifier: Apache-2.0
// The CAs: at rest, one being verified, one that ends.
#include "station/kiosk/scene_parts.h"

namespace keystamp::kiosk {
namespace {

using std::chrono::days;
using viewmodel::CaController;
using viewmodel::KioskController;
using viewmodel::StationController;

hsm::CaInfo ca(Slot slot, const std::string& subject, days age, days left) {
    hsm::CaInfo one;
    one.slot = slot;
    one.usable = left > days{0};
    one.subject = subject;
    one.keyType = "EC P-256";
    one.certificate = Bytes{1, 2, 3, slot == Slot::Primary ? std::uint8_t{4} : std::uint8_t{5}};
    one.notBefore = utcNow() - age;
    one.notAfter = utcNow() + left;
    return one;
}

hsm::SignerStatus status(days left) {
    hsm::SignerStatus status;
    status.slots = {ca(Slot::Primary, "CN=Acme line 1 CA 2024,O=Acme Instruments and Meters GmbH,C=DE", days{700}, left),
                    ca(Slot::Secondary, "CN=Acme line 1 CA 2026,O=Acme Instruments and Meters GmbH,C=DE", days{20}, days{3630})};
    status.profile.validity = days{365};
    return status;
}

Scene cas(const std::string& name, days left, const std::function<void(CaController&)>& then) {
    return {name, [=](KioskController& kiosk) {
                kiosk.station()->show(StationController::Ready, std::nullopt, sample(false));
                kiosk.media()->show({{"/media/LINE ONE", 28'400'000'000}});
                kiosk.ca()->setSupervisor("anna");
                kiosk.ca()->open();
                kiosk.ca()->show(status(left));
                kiosk.showPage(KioskController::CaPage);
                then(*kiosk.ca());
            }};
}

void code(CaController& page, const char* code) {
    page.verify(0);
    page.give(QString::fromUtf8(code));
}

}  // namespace

std::vector<Scene> caScenes() {
    return {
        by("menu-supervisor", person("Anna Oberhuber", db::Role::Supervisor), {"menu-supervisor", [](KioskController& kiosk) {
               kiosk.station()->show(StationController::Ready, std::nullopt, sample(true));
               kiosk.showPage(KioskController::MenuPage);
           }}),
        cas("ca", days{2900}, [](CaController&) {}),
        cas("ca-ends", days{40}, [](CaController&) {}),
        cas("ca-ended", days{-3}, [](CaController&) {}),
        cas("ca-code", days{2900}, [](CaController& page) {
            page.verify(0);
            for (const char c : std::string{"106A5SD242AF512B3498BD6098C4941E66R34H268DDB3288"}) page.key(c);
        }),
        cas("ca-code-damaged", days{2900}, [](CaController& page) { code(page, "106A5SD242AF 512B3498"); }),
        cas("ca-place", days{2900}, [](CaController& page) { code(page, "106A5SD242AF512B3498BD6098C4941E66R34H268DDB3288"); }),
        cas("ca-roll", days{120}, [](CaController& page) { page.askRoll(1); }),
        cas("ca-done", days{2900}, [](CaController& page) {
            page.say(QStringLiteral("/media/LINE ONE/keystamp-primary-proof.cer is signed, written and checked. Upload it in the portal by 2026-12-29, and press Verify there. "
                                    "The stick may be pulled out."),
                     false);
        }),
    };
}

}  // namespace keystamp::kiosk
