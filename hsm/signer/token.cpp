// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/token.h"

#include <fmt/format.h>
#include <libp11.h>
#include <openssl/err.h>

#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <type_traits>

#include "hsm/signer/abilities.h"
#include "hsm/signer/module.h"
#include "hsm/signer/sealed_key.h"
#include "hsm/signer/session.h"
#include "hsm/signer/signing_key.h"
#include "hsm/signer/wrapped_key.h"

namespace keystamp::hsm {
namespace {

// libp11's list of slots, from loading the module to finalising it; nobody else calls C_Initialize or C_Finalize.
class Slots {
public:
    Slots() : m_context(PKCS11_CTX_new()) {}
    Slots(const Slots&) = delete;
    Slots& operator=(const Slots&) = delete;
    ~Slots() {
        if (m_slots != nullptr) PKCS11_release_all_slots(m_context, m_slots, m_count);
        if (m_loaded) PKCS11_CTX_unload(m_context);
        if (m_context != nullptr) PKCS11_CTX_free(m_context);
    }

    Result<void> load(const std::string& module) {
        ERR_clear_error();
        if (m_context == nullptr) return libp11Error("PKCS11_CTX_new");
        if (PKCS11_CTX_load(m_context, module.c_str()) != 0) return libp11Error("C_Initialize", module);
        m_loaded = true;
        if (PKCS11_enumerate_slots(m_context, &m_slots, &m_count) != 0) return libp11Error("C_GetSlotList");
        return {};
    }

    Result<PKCS11_SLOT*> find(const std::string& label, const std::string& serial) const {
        PKCS11_SLOT* found = nullptr;
        for (unsigned int i = 0; i < m_count; ++i) {
            const PKCS11_TOKEN* token = m_slots[i].token;
            // libp11 has cut off the blanks that fill a label's 32 and a serial's 16 bytes
            if (token == nullptr || token->label != label || (!serial.empty() && token->serialnr != serial)) continue;
            if (found != nullptr) {
                return Error{ErrorCode::TokenMissing,
                             fmt::format("more than one token \"{}\"; token_serial tells them apart", label)};
            }
            found = &m_slots[i];
        }
        if (found != nullptr) return found;
        return Error{ErrorCode::TokenMissing,
                     fmt::format("no token \"{}\"{}{}", label, serial.empty() ? "" : " of serial ", serial)};
    }

private:
    PKCS11_CTX* m_context;
    PKCS11_SLOT* m_slots = nullptr;
    unsigned int m_count = 0;
    bool m_loaded = false;
};

std::string withoutBlanks(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

bool sessionIsGone(const Error& error) {
    return error.native == CKR_SESSION_HANDLE_INVALID || error.native == CKR_SESSION_CLOSED;
}
bool handleIsStale(const Error& error) {
    return error.native == CKR_KEY_HANDLE_INVALID || error.native == CKR_OBJECT_HANDLE_INVALID;
}

}  // namespace

// Members go in reverse order: the session before libp11's context before the library.
struct Token::Parts {
    explicit Parts(Module loaded) : module(std::move(loaded)) {}

    Module module;
    Slots slots;
    CK_SLOT_ID slot = 0;
    std::string label, serial;
    Abilities abilities;
    std::optional<Session> session;
    std::map<Bytes, SigningKey> signingKeys;
    std::map<Bytes, CK_OBJECT_HANDLE> secretKeys;
    std::optional<Secret> pin;       // for keys that ask each time
    std::optional<Error> refusal;    // of that PIN
    std::atomic<bool> loggedIn{false};
    std::mutex mutex;

    // The one session is for everything: some tokens have few. Read-only where the token is write protected.
    Result<void> openSession() {
        session.reset();
        auto opened = Session::open(module.call(), slot, true);
        if (!opened && opened.error().native == CKR_TOKEN_WRITE_PROTECTED) opened = Session::open(module.call(), slot, false);
        if (!opened) return opened.error();
        session = std::move(opened).value();
        return {};
    }

    // Instead of a session that is gone. It may have taken the login with it (PKCS#11 v2.40, 5.6.8), and then the user's keys are not
    // to be seen: they must not seem to be missing.
    Result<void> replaceSession() {
        if (auto fresh = openSession(); !fresh) return fresh;
        const auto in = session->userLoggedIn();
        if (!in) return in.error();
        return *in ? Result<void>{} : Error{ErrorCode::PinNeeded, label, CKR_USER_NOT_LOGGED_IN, "C_OpenSession"};
    }

    // With a user logged in and a session to use.
    Result<void> entered() {
        if (refusal) return *refusal;
        if (!loggedIn) return Error{ErrorCode::PinNeeded, label};
        if (session) return {};
        return openSession();
    }

    // Once more, in a new session or with found-again keys: only for what may be repeated, never for a CA's signature.
    template <typename Call>
    std::invoke_result_t<Call> repeatable(const Call& call) {
        if (auto in = entered(); !in) return in.error();
        auto result = call();
        if (!result && (sessionIsGone(result.error()) || handleIsStale(result.error()))) {
            secretKeys.clear();
            const auto fresh = sessionIsGone(result.error()) ? replaceSession() : Result<void>{};
            result = fresh ? call() : decltype(result){fresh.error()};
        }
        if (!result && result.error().code == ErrorCode::PinNeeded) loggedIn = false;
        return result;
    }

    Result<CK_OBJECT_HANDLE> secretKey(const Bytes& ckaId) {
        if (const auto known = secretKeys.find(ckaId); known != secretKeys.end()) return known->second;
        auto found = onlyOne(CKO_SECRET_KEY, ckaId);
        if (found) secretKeys[ckaId] = *found;
        return found;
    }

    Result<CK_OBJECT_HANDLE> sealingKey(const Bytes& ckaId) {
        if (const auto known = secretKeys.find(ckaId); known != secretKeys.end()) return known->second;
        auto found = findSealingKey(*session, ckaId);
        if (found) secretKeys[ckaId] = *found;
        return found;
    }

    // New before old: a failure leaves the old key, and two of one ID are refused wherever a key is looked for.
    Result<void> putSecretKey(const Bytes& ckaId, bool replace, const std::function<Result<CK_OBJECT_HANDLE>()>& put) {
        const auto older = repeatable([&] { return session->find(CKO_SECRET_KEY, ckaId); });
        if (!older) return older.error();
        if (!older->empty() && !replace)
            return Error{ErrorCode::SignerRefused, "a key is there already: CKA_ID " + toHex(ckaId)};
        const auto created = put();
        if (!created) return created.error();
        secretKeys.clear();
        for (const CK_OBJECT_HANDLE object : *older) {
            if (auto gone = session->destroy(object); !gone) return gone;
        }
        return {};
    }

    Result<CK_OBJECT_HANDLE> onlyOne(CK_OBJECT_CLASS kind, const Bytes& ckaId) const {
        const auto found = session->find(kind, ckaId);
        if (!found) return found.error();
        if (found->size() == 1) return found->front();
        return Error{ErrorCode::KeyMissing,
                     fmt::format("{} {} keys with CKA_ID {} in token \"{}\"", found->empty() ? "no" : "several",
                                 kind == CKO_SECRET_KEY ? "secret" : "private", toHex(ckaId), label)};
    }

    Result<const SigningKey*> signingKey(const Bytes& ckaId) {
        if (auto in = entered(); !in) return in.error();
        if (const auto known = signingKeys.find(ckaId); known != signingKeys.end()) return &known->second;
        auto key = repeatable([&]() -> Result<SigningKey> {
            const auto handle = onlyOne(CKO_PRIVATE_KEY, ckaId);
            if (!handle) return handle.error();
            return readSigningKey(*session, *handle, ckaId);
        });
        if (!key) return key.error();
        return &signingKeys.insert_or_assign(ckaId, std::move(key).value()).first->second;
    }

    Result<Bytes> sign(const Bytes& ckaId, const EVP_MD* digest, BytesView message) {
        const auto key = signingKey(ckaId);
        if (!key) return key.error();
        if ((*key)->asksEachTime && !pin) return Error{ErrorCode::PinNeeded, label};
        auto signature = signWithKey(*session, abilities, **key, digest, message, (*key)->asksEachTime ? &*pin : nullptr);
        if (signature) return signature;
        Error error = signature.error();
        error.detail = "key " + toHex(ckaId) + ": " + error.detail;
        if (error.code == ErrorCode::PinNeeded) loggedIn = false;
        if (error.code == ErrorCode::PinWrong || error.code == ErrorCode::PinLocked) refuse(error);
        return error;
    }

    // The PIN that opened the token is no longer right for a key: it is not tried again.
    void refuse(const Error& error) {
        refusal = error;
        pin.reset();
        loggedIn = false;
    }

    // Logs out, and gives up the signature that was begun when a PIN was refused.
    Result<void> beginAnew() {
        refusal.reset();
        if (!session) return openSession();
        session->logout();
        return openSession();
    }

    Result<bool> someoneIsIn() {
        if (refusal || !session) {
            if (auto fresh = beginAnew(); !fresh) return fresh.error();
        }
        auto in = session->userLoggedIn();
        if (in || !sessionIsGone(in.error())) return in;
        if (auto fresh = openSession(); !fresh) return fresh.error();
        return session->userLoggedIn();
    }
};

Token::Token(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Token::~Token() = default;

Result<std::unique_ptr<Token>> Token::open(const SignerConfig& config) {
    auto module = Module::load(config);
    if (!module) return module.error();
    auto parts = std::make_unique<Parts>(std::move(module).value());
    if (auto loaded = parts->slots.load(config.module); !loaded) return loaded.error();
    const auto slot = parts->slots.find(withoutBlanks(config.tokenLabel), withoutBlanks(config.tokenSerial));
    if (!slot) return slot.error();
    parts->slot = PKCS11_get_slotid_from_slot(*slot);
    parts->label = (*slot)->token->label;
    parts->serial = (*slot)->token->serialnr;
    parts->abilities = Abilities::probe(parts->module.call(), parts->slot);
    if (auto opened = parts->openSession(); !opened) return opened.error();
    return std::unique_ptr<Token>{new Token{std::move(parts)}};
}

Result<void> Token::login(const Secret& pin) {
    const std::lock_guard lock{m_parts->mutex};
    const auto already = m_parts->someoneIsIn();
    if (!already) return already.error();
    if (*already) {
        m_parts->loggedIn = true;
        return {};
    }
    m_parts->loggedIn = false;
    if (pin.empty()) return Error{ErrorCode::PinWrong, "it is empty"};
    // handles of private objects end with a login
    m_parts->signingKeys.clear();
    m_parts->secretKeys.clear();
    m_parts->pin.reset();
    if (auto done = m_parts->session->login(CKU_USER, pin); !done) return done;
    const auto asks = m_parts->session->someKeyAsksEachTime();
    if (!asks) return asks.error();
    if (*asks) m_parts->pin = pin.clone();
    m_parts->loggedIn = true;
    return {};
}

bool Token::loggedIn() const { return m_parts->loggedIn; }
const std::string& Token::label() const { return m_parts->label; }
const std::string& Token::serial() const { return m_parts->serial; }

std::string Token::sasProblem() const { return m_parts->abilities.sasProblem(); }
std::vector<std::string> Token::lacks() const { return m_parts->abilities.lacks(); }
std::string Token::sealingProblem() const { return m_parts->abilities.sealingProblem(); }

Result<Bytes> Token::sign(const Bytes& ckaId, const EVP_MD* digest, BytesView message) {
    const std::lock_guard lock{m_parts->mutex};
    return m_parts->sign(ckaId, digest, message);
}

Result<Bytes> Token::publicKey(const Bytes& ckaId) {
    const std::lock_guard lock{m_parts->mutex};
    const auto key = m_parts->signingKey(ckaId);
    if (!key) return key.error();
    return (*key)->publicKey;
}

Result<Secret> Token::hmac(const Bytes& ckaId, BytesView message) {
    const std::lock_guard lock{m_parts->mutex};
    return m_parts->repeatable([&]() -> Result<Secret> {
        const auto key = m_parts->secretKey(ckaId);
        if (!key) return key.error();
        return m_parts->session->hmac(*key, message);
    });
}

Result<bool> Token::hasSecretKey(const Bytes& ckaId) {
    const std::lock_guard lock{m_parts->mutex};
    return m_parts->repeatable([&]() -> Result<bool> {
        const auto found = m_parts->session->find(CKO_SECRET_KEY, ckaId);
        if (!found) return found.error();
        return !found->empty();
    });
}

Result<void> Token::importSecretKey(const Bytes& ckaId, const std::string& label, const Secret& key, bool replace) {
    const std::lock_guard lock{m_parts->mutex};
    if (key.size() < 16 || key.size() > 64) return Error{ErrorCode::BadUsage, "a group key has 16 to 64 bytes"};
    return m_parts->putSecretKey(ckaId, replace, [&] { return m_parts->session->importSecret(ckaId, label, key); });
}

Result<void> Token::canUnwrap(const Bytes& wrappingKey) {
    const std::lock_guard lock{m_parts->mutex};
    const auto found = m_parts->repeatable([&] { return findWrappingKey(*m_parts->session, m_parts->abilities, wrappingKey); });
    if (!found) return found.error();
    return {};
}

Result<void> Token::unwrapSecretKey(const Bytes& wrappingKey, const Bytes& ckaId, const std::string& label, BytesView wrapped, bool replace) {
    const std::lock_guard lock{m_parts->mutex};
    return m_parts->putSecretKey(ckaId, replace, [&]() -> Result<CK_OBJECT_HANDLE> {
        const auto key = findWrappingKey(*m_parts->session, m_parts->abilities, wrappingKey);
        if (!key) return key.error();
        return unwrapSecret(*m_parts->session, *key, ckaId, label, wrapped);
    });
}

Result<bool> Token::makeSealingKey(const Bytes& ckaId, const std::string& label) {
    const std::lock_guard lock{m_parts->mutex};
    const auto there = m_parts->repeatable([&] { return m_parts->session->find(CKO_SECRET_KEY, ckaId); });
    if (!there) return there.error();
    if (!there->empty()) return false;
    if (const auto made = m_parts->session->generateSealingKey(ckaId, label); !made) return made.error();
    // one that the module made another way than it was asked to is not used
    if (const auto found = findSealingKey(*m_parts->session, ckaId); !found) return found.error();
    return true;
}

// The handle is looked for once, as a group key's is.
Result<Bytes> Token::seal(const Bytes& ckaId, const std::string& batch, const DeviceId& id, const Secret& key) {
    const std::lock_guard lock{m_parts->mutex};
    return m_parts->repeatable([&]() -> Result<Bytes> {
        const auto handle = m_parts->sealingKey(ckaId);
        if (!handle) return handle.error();
        return sealKey(*m_parts->session, *handle, batch, id, key);
    });
}

Result<Secret> Token::unseal(const Bytes& ckaId, const std::string& batch, const DeviceId& id, BytesView sealed) {
    const std::lock_guard lock{m_parts->mutex};
    return m_parts->repeatable([&]() -> Result<Secret> {
        const auto handle = m_parts->sealingKey(ckaId);
        if (!handle) return handle.error();
        return openKey(*m_parts->session, *handle, batch, id, sealed);
    });
}

Result<void> Token::testSealing(const Bytes& ckaId) {
    const std::lock_guard lock{m_parts->mutex};
    return m_parts->repeatable([&]() -> Result<void> {
        const auto handle = m_parts->sealingKey(ckaId);
        if (!handle) return handle.error();
        return testSealingKey(*m_parts->session, *handle);
    });
}

Result<void> Token::withSession(const std::function<Result<void>(Session&)>& use) {
    const std::lock_guard lock{m_parts->mutex};
    if (auto in = m_parts->entered(); !in) return in;
    return use(*m_parts->session);
}

}  // namespace keystamp::hsm
