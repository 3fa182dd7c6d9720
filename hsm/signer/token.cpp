// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/token.h"

#include <fmt/format.h>
#include <libp11.h>
#include <openssl/err.h>
#include <openssl/x509.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <type_traits>

#include "hsm/signer/module.h"
#include "hsm/signer/session.h"

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

bool sessionIsGone(const Error& error) {
    return error.native == CKR_SESSION_HANDLE_INVALID || error.native == CKR_SESSION_CLOSED;
}
bool handleIsStale(const Error& error) {
    return error.native == CKR_KEY_HANDLE_INVALID || error.native == CKR_OBJECT_HANDLE_INVALID;
}

}  // namespace

// Members go in reverse order: keys before sessions before libp11's context before the library.
struct Token::Parts {
    explicit Parts(Module loaded) : module(std::move(loaded)) {}

    Module module;
    Slots slots;
    PKCS11_SLOT* slot = nullptr;
    std::string label, serial;
    std::optional<Session> session;
    std::map<Bytes, EvpKeyPtr> privateKeys;
    std::map<Bytes, CK_OBJECT_HANDLE> secretKeys;
    std::atomic<bool> loggedIn{false};
    std::mutex mutex;

    Result<Session> newSession(bool readWrite) {
        return Session::open(module.call(), PKCS11_get_slotid_from_slot(slot), readWrite);
    }

    // Once more, in a new session or with found-again keys: only for what may be repeated, never for a CA's signature.
    template <typename Call>
    std::invoke_result_t<Call> repeatable(const Call& call) {
        if (!loggedIn) return Error{ErrorCode::PinNeeded, label};
        auto result = call();
        if (!result && (sessionIsGone(result.error()) || handleIsStale(result.error()))) {
            secretKeys.clear();
            if (sessionIsGone(result.error())) {
                auto fresh = newSession(false);
                if (!fresh) return fresh.error();
                session = std::move(fresh).value();
            }
            result = call();
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

    Result<CK_OBJECT_HANDLE> onlyOne(CK_OBJECT_CLASS kind, const Bytes& ckaId) const {
        const auto found = session->find(kind, ckaId);
        if (!found) return found.error();
        if (found->size() == 1) return found->front();
        return Error{ErrorCode::KeyMissing,
                     fmt::format("{} {} keys with CKA_ID {} in token \"{}\"", found->empty() ? "no" : "several",
                                 kind == CKO_SECRET_KEY ? "secret" : "private", toHex(ckaId), label)};
    }

    Result<EVP_PKEY*> privateKey(const Bytes& ckaId) {
        if (!loggedIn) return Error{ErrorCode::PinNeeded, label};
        if (const auto known = privateKeys.find(ckaId); known != privateKeys.end()) return known->second.get();
        const auto there = repeatable([&] { return onlyOne(CKO_PRIVATE_KEY, ckaId); });
        if (!there) return there.error();
        ERR_clear_error();
        PKCS11_KEY* keys = nullptr;
        unsigned int count = 0;
        if (PKCS11_enumerate_keys(slot->token, &keys, &count) != 0) return libp11Error("C_FindObjects");
        // libp11 keeps entries of an earlier login: the last one of this ID is today's
        for (PKCS11_KEY* key = keys + count; key-- != keys;) {
            if (!std::equal(ckaId.begin(), ckaId.end(), key->id, key->id + key->id_len)) continue;
            EvpKeyPtr handle{PKCS11_get_private_key(key)};
            if (!handle) return libp11Error("C_GetAttributeValue", "key " + toHex(ckaId));
            return privateKeys.insert_or_assign(ckaId, std::move(handle)).first->second.get();
        }
        return Error{ErrorCode::KeyMissing,
                     fmt::format("libp11 cannot use key {} of token \"{}\"", toHex(ckaId), label)};
    }
};

Token::Token(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Token::~Token() = default;

Result<std::unique_ptr<Token>> Token::open(const SignerConfig& config) {
    auto module = Module::load(config);
    if (!module) return module.error();
    auto parts = std::make_unique<Parts>(std::move(module).value());
    if (auto loaded = parts->slots.load(config.module); !loaded) return loaded.error();
    const auto slot = parts->slots.find(config.tokenLabel, config.tokenSerial);
    if (!slot) return slot.error();
    parts->slot = *slot;
    parts->label = parts->slot->token->label;
    parts->serial = parts->slot->token->serialnr;
    // Before libp11 opens one: where C_OpenSession fails, libp11 0.4.12 waits for ever
    auto session = parts->newSession(false);
    if (!session) return session.error();
    parts->session = std::move(session).value();
    return std::unique_ptr<Token>{new Token{std::move(parts)}};
}

Result<void> Token::login(const Secret& pin) {
    const std::lock_guard lock{m_parts->mutex};
    auto already = m_parts->session->userLoggedIn();
    if (!already && sessionIsGone(already.error())) {
        auto fresh = m_parts->newSession(false);
        if (!fresh) return fresh.error();
        m_parts->session = std::move(fresh).value();
        already = m_parts->session->userLoggedIn();
    }
    if (!already) return already.error();
    if (*already) {
        m_parts->loggedIn = true;
        return {};
    }
    m_parts->loggedIn = false;
    if (pin.empty()) return Error{ErrorCode::PinWrong, "it is empty"};
    // handles of private objects end with a login
    m_parts->privateKeys.clear();
    m_parts->secretKeys.clear();
    auto done = m_parts->session->login(CKU_USER, pin);
    if (done) m_parts->loggedIn = true;
    return done;
}

bool Token::loggedIn() const { return m_parts->loggedIn; }
const std::string& Token::label() const { return m_parts->label; }
const std::string& Token::serial() const { return m_parts->serial; }

Result<void> Token::withPrivateKey(const Bytes& ckaId, const std::function<Result<void>(EVP_PKEY*)>& use) {
    const std::lock_guard lock{m_parts->mutex};
    const auto key = m_parts->privateKey(ckaId);
    if (!key) return key.error();
    ERR_clear_error();
    auto used = use(*key);
    if (!used && used.error().code == ErrorCode::PinNeeded) m_parts->loggedIn = false;
    return used;
}

Result<Bytes> Token::publicKey(const Bytes& ckaId) {
    Bytes der;
    const auto read = withPrivateKey(ckaId, [&](EVP_PKEY* key) -> Result<void> {
        unsigned char* bytes = nullptr;
        const int size = i2d_PUBKEY(key, &bytes);
        if (size <= 0) return libp11Error("i2d_PUBKEY", "key " + toHex(ckaId));
        der.assign(bytes, bytes + size);
        OPENSSL_free(bytes);
        return {};
    });
    if (!read) return read.error();
    return der;
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
    const auto older = m_parts->repeatable([&] { return m_parts->session->find(CKO_SECRET_KEY, ckaId); });
    if (!older) return older.error();
    if (!older->empty() && !replace)
        return Error{ErrorCode::SignerRefused, "a key is there already: CKA_ID " + toHex(ckaId)};
    auto writer = m_parts->newSession(true);
    if (!writer) return writer.error();
    // New before old: a failure leaves the old key, and two of one ID are refused wherever a key is looked for
    const auto created = writer->importSecret(ckaId, label, key);
    if (!created) return created.error();
    m_parts->secretKeys.clear();
    for (const CK_OBJECT_HANDLE object : *older) {
        if (auto gone = writer->destroy(object); !gone) return gone;
    }
    return {};
}

Result<void> Token::withWriter(const std::function<Result<void>(Session&)>& use) {
    const std::lock_guard lock{m_parts->mutex};
    if (!m_parts->loggedIn) return Error{ErrorCode::PinNeeded, m_parts->label};
    auto writer = m_parts->newSession(true);
    return writer ? use(*writer) : Result<void>{writer.error()};
}

}  // namespace keystamp::hsm
