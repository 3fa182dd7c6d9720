// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/demo_keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "hsm/signer/abilities.h"
#include "hsm/signer/module.h"
#include "hsm/signer/session.h"

namespace keystamp::hsm {
namespace {

constexpr std::size_t kGroupKeyBytes = 64;
constexpr std::size_t kLabelBytes = 32;  // blank padded (PKCS#11, CK_TOKEN_INFO)

// The module from C_Initialize to C_Finalize.
class Running {
public:
    static Result<Running> start(const SignerConfig& config) {
        auto module = Module::load(config);
        if (!module) return module.error();
        CK_C_INITIALIZE_ARGS arguments{};
        arguments.flags = CKF_OS_LOCKING_OK;
        if (const CK_RV rv = module->call().C_Initialize(&arguments); rv != CKR_OK)
            return pkcs11Error(rv, "C_Initialize");
        return Running{std::move(module).value()};
    }
    Running(Running&& other) noexcept : m_module(std::move(other.m_module)) { other.m_module.reset(); }
    Running& operator=(Running&&) = delete;
    ~Running() {
        if (m_module) m_module->call().C_Finalize(nullptr);
    }
    const CK_FUNCTION_LIST& call() const { return m_module->call(); }

private:
    explicit Running(Module module) : m_module(std::move(module)) {}
    std::optional<Module> m_module;
};

struct Place {
    CK_SLOT_ID slot = 0;
    CK_FLAGS flags = 0;
};

struct Places {
    std::optional<Place> token;  ///< with the label
    std::optional<Place> empty;  ///< where one can be initialised
};

std::string padded(std::string label) {
    label.resize(kLabelBytes, ' ');
    return label;
}

Result<Places> look(const CK_FUNCTION_LIST& call, const std::string& label) {
    CK_ULONG count = 0;
    CK_RV rv = call.C_GetSlotList(CK_TRUE, nullptr, &count);
    std::vector<CK_SLOT_ID> slots(count);
    if (rv == CKR_OK) rv = call.C_GetSlotList(CK_TRUE, slots.data(), &count);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_GetSlotList");
    Places places;
    for (const CK_SLOT_ID slot : slots) {
        CK_TOKEN_INFO info{};
        if (call.C_GetTokenInfo(slot, &info) != CKR_OK) continue;
        const std::string found(reinterpret_cast<const char*>(info.label), sizeof info.label);
        const bool initialised = (info.flags & CKF_TOKEN_INITIALIZED) != 0;
        if (initialised && found == padded(label)) {
            if (places.token) return Error{ErrorCode::TokenMissing, "more than one token is named " + label};
            places.token = Place{slot, info.flags};
        } else if (!initialised) {
            places.empty = Place{slot, info.flags};
        }
    }
    return places;
}

CK_UTF8CHAR_PTR pinPointer(const Secret& pin) { return const_cast<CK_UTF8CHAR_PTR>(pin.view().data()); }

Result<void> setUserPin(const CK_FUNCTION_LIST& call, CK_SLOT_ID slot, const Secret& pin) {
    CK_SESSION_HANDLE session = 0;
    CK_RV rv = call.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session);
    if (rv != CKR_OK) return pkcs11Error(rv, "C_OpenSession");
    rv = call.C_Login(session, CKU_SO, pinPointer(pin), pin.size());
    const char* where = "C_Login";
    if (rv == CKR_OK) {
        where = "C_InitPIN";
        rv = call.C_InitPIN(session, pinPointer(pin), pin.size());
        call.C_Logout(session);
    }
    call.C_CloseSession(session);
    if (rv != CKR_OK) return pkcs11Error(rv, where);
    return {};
}

Result<CK_SLOT_ID> makeToken(const CK_FUNCTION_LIST& call, const std::string& label, const Secret& pin) {
    const auto places = look(call, label);
    if (!places) return places.error();
    Place place;
    if (places->token) {
        place = *places->token;
    } else {
        if (!places->empty) return Error{ErrorCode::TokenMissing, "the module offers no slot for a new token"};
        place = *places->empty;
        auto name = padded(label);
        const CK_RV rv =
            call.C_InitToken(place.slot, pinPointer(pin), pin.size(), reinterpret_cast<CK_UTF8CHAR_PTR>(name.data()));
        if (rv != CKR_OK) return pkcs11Error(rv, "C_InitToken");
        place.flags = 0;
    }
    if ((place.flags & CKF_USER_PIN_INITIALIZED) == 0) {
        if (auto set = setUserPin(call, place.slot, pin); !set) return set.error();
    }
    return place.slot;
}

// A pair of which an interruption left a half is made anew.
Result<void> makePair(Session& session, const Bytes& id, const std::string& label) {
    const auto publicHalves = session.find(CKO_PUBLIC_KEY, id);
    if (!publicHalves) return publicHalves.error();
    const auto privateHalves = session.find(CKO_PRIVATE_KEY, id);
    if (!privateHalves) return privateHalves.error();
    if (publicHalves->size() == 1 && privateHalves->size() == 1) return {};
    for (const auto* halves : {&*publicHalves, &*privateHalves}) {
        for (const CK_OBJECT_HANDLE half : *halves) {
            if (auto gone = session.destroy(half); !gone) return gone;
        }
    }
    return session.generatePair(PairKind::P256, id, label);
}

Result<void> makeSecret(Session& session, const Bytes& id, const std::function<Result<CK_OBJECT_HANDLE>()>& make) {
    if (id.empty()) return {};
    const auto found = session.find(CKO_SECRET_KEY, id);
    if (!found) return found.error();
    if (!found->empty()) return {};
    const auto made = make();
    if (!made) return made.error();
    return {};
}

}  // namespace

Result<bool> hasDemoToken(const SignerConfig& config) {
    const auto module = Running::start(config);
    if (!module) return module.error();
    const auto places = look(module->call(), config.tokenLabel);
    if (!places) return places.error();
    return places->token.has_value();
}

Result<void> makeDemoKeys(const SignerConfig& config, const Secret& pin) {
    const auto module = Running::start(config);
    if (!module) return module.error();
    const auto slot = makeToken(module->call(), config.tokenLabel, pin);
    if (!slot) return slot.error();
    auto session = Session::open(module->call(), *slot, true);
    if (!session) return session.error();
    if (auto in = session->login(CKU_USER, pin); !in) return in;

    if (auto made = makePair(*session, kDemoRootKey, "demo root"); !made) return made;
    if (auto made = makePair(*session, config.auditKey, "audit"); !made) return made;
    if (Abilities::probe(module->call(), *slot).sealingProblem().empty()) {  // else x509 and sas are served all the same
        const auto make = [&] { return session->generateSealingKey(config.sealingKey, "sealing key"); };
        if (auto made = makeSecret(*session, config.sealingKey, make); !made) return made;
    }
    for (const auto& [slotName, keys] : config.slots) {
        const std::string text{name(slotName)};
        if (auto made = makePair(*session, keys.caKey, text + " CA"); !made) return made;
        const auto make = [&session, &group = keys.groupKey, &text] { return session->generateSecret(group, text + " group key", kGroupKeyBytes); };
        if (auto made = makeSecret(*session, keys.groupKey, make); !made) return made;
    }
    return {};
}

}  // namespace keystamp::hsm
