// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/vault.h"

#include <fmt/format.h>
#include <openssl/pem.h>

#include "hsm/signer/heal.h"
#include "hsm/signer/log.h"
#include "hsm/signer/openssl.h"

namespace keystamp::hsm {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// what hangs is killed soon enough to be healed ten seconds after the HSM answers again
constexpr seconds kOpenLimit{8};
constexpr seconds kLoginLimit{8};
constexpr seconds kTestLimit{4};      // one key's self-test
constexpr seconds kAskAgain{2};       // for a token that is not there
constexpr milliseconds kPatience{3000};  // of a call that finds the token being opened

Result<std::string> toPem(const Bytes& subjectPublicKeyInfo) {
    const auto key = fromDer<EvpKeyPtr>(d2i_PUBKEY, subjectPublicKeyInfo);
    const std::unique_ptr<BIO, Releaser<BIO_free>> out{BIO_new(BIO_s_mem())};
    if (!key || !out || PEM_write_bio_PUBKEY(out.get(), key.get()) != 1) {
        return Error{ErrorCode::HsmFault, "the audit key is no public key", 0, "d2i_PUBKEY"};
    }
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    return std::string(text, static_cast<std::size_t>(size));
}

// In the middle of another sentence: without the operator's next step.
std::string wordsOf(const Error& error) {
    return error.native == 0 ? error.detail : fmt::format("{} ({} {:#x})", error.detail, error.where, error.native);
}

}  // namespace

Result<void> Keys::passed(const std::string& key) const {
    const auto found = tested.find(key);
    if (found == tested.end() || found->second.empty()) return {};
    return Error{ErrorCode::SignerRefused, "the " + key + " key failed its self-test: " + found->second};
}

Vault::Vault(SignerConfig config, Page& page, Tell tell, NoteSelfTests note)
    : m_config(std::move(config)), m_page(page), m_tell(std::move(tell)), m_note(std::move(note)) {}

Vault::~Vault() {
    {
        const std::lock_guard lock{m_mutex};
        m_stop = true;
    }
    m_changed.notify_all();
    if (m_opener.joinable()) m_opener.join();
}

void Vault::start(std::optional<Secret> pin) {
    m_opener = std::thread{[this, pin = std::move(pin)]() mutable { run(std::move(pin)); }};
}

void Vault::become(Phase phase, std::optional<Error> problem) {
    {
        const std::lock_guard lock{m_mutex};
        m_phase = phase;
        m_problem = std::move(problem);
        m_ready = phase == Phase::Ready;
    }
    m_changed.notify_all();
}

void Vault::run(std::optional<Secret> pin) {
    for (;;) {
        auto token = [&] {
            const Running running{m_page, kOpenLimit};
            return Token::open(m_config);
        }();
        std::unique_lock lock{m_mutex};
        if (token) {
            m_token = std::move(*token);
            break;
        }
        m_phase = Phase::Missing;
        m_problem = token.error();
        m_changed.notify_all();
        if (m_changed.wait_for(lock, kAskAgain, [this] { return m_stop; })) return;
    }
    if (!pin) {
        become(Phase::PinNeeded);
        return;
    }
    // what went wrong stands in the phase
    [[maybe_unused]] const auto done = login(*pin);
}

Result<void> Vault::login(const Secret& pin) {
    const std::lock_guard one{m_loginMutex};
    Token* token = nullptr;
    {
        const std::lock_guard lock{m_mutex};
        if (m_phase == Phase::Ready) return {};
        if (!m_token) return m_problem.value_or(Error{ErrorCode::TokenMissing, "the HSM's module is still being loaded"});
        token = m_token.get();
    }
    auto entered = enter(*token, pin);
    if (entered) {
        become(Phase::Ready);
        return {};
    }
    say("login: " + describe(entered.error()));
    if (isOfThePin(entered.error())) {
        pinRefused(entered.error());
    } else {
        become(Phase::Missing, entered.error());
        m_tell(Told::Fault, {});
    }
    return entered;
}

Result<void> Vault::enter(Token& token, const Secret& pin) {
    if (auto done = loginOnce(token, pin); !done) return done;
    m_tell(Told::PinRight, pin);
    const auto keys = readKeys(token);
    if (!keys) return keys.error();
    const std::lock_guard lock{m_mutex};
    m_keys = *keys;
    return {};
}

void Vault::pinRefused(const Error& error) {
    m_tell(Told::PinBad, {});
    become(error.code == ErrorCode::PinLocked ? Phase::PinLocked : Phase::PinNeeded, error);
}

Result<void> Vault::loginOnce(Token& token, const Secret& pin) {
    const Running running{m_page, kLoginLimit};
    return token.login(pin);
}

Result<std::shared_ptr<const Keys>> Vault::readKeys(Token& token) const {
    const Running running{m_page, kOpenLimit};
    auto keys = std::make_shared<Keys>();
    keys->token = &token;
    for (const auto& [slot, configured] : m_config.slots) {
        auto authority = CertificateAuthority::open(token, m_config, slot);
        // a CA that a fault of the HSM keeps from being read is not a CA that cannot be used
        if (const auto& trouble = authority.trouble(); trouble && (needsFreshWorker(*trouble) || isOfThePin(*trouble))) return *trouble;
        keys->authorities.emplace(slot, std::move(authority));
    }
    if (!m_config.auditKey.empty()) {
        const auto der = token.publicKey(m_config.auditKey);
        // a token without it still issues; what needs the key says that it is missing
        if (!der && der.error().code != ErrorCode::KeyMissing) return der.error();
        if (der) {
            auto pem = toPem(*der);
            if (!pem) return pem.error();
            keys->auditKeyPem = std::move(*pem);
        }
    }
    if (!m_config.sealingKey.empty()) {
        const auto there = token.hasSecretKey(m_config.sealingKey);
        if (!there) return there.error();
        keys->sealingKey = *there;
    }
    if (auto tested = testKeys(*keys); !tested) return tested.error();
    return std::shared_ptr<const Keys>{std::move(keys)};
}

// A key that the HSM will not use, or uses wrongly, is not used; an HSM that fails is an HSM that is not there.
Result<void> Vault::testKeys(Keys& keys) const {
    const auto tests = keyTests(*keys.token, m_config, keys.authorities, keys.auditKeyPem);
    if (auto noted = m_note(signaturesOf(tests)); !noted) return noted;
    for (const KeyTest& test : tests) {
        const Running running{m_page, kTestLimit};
        auto passed = test.run();
        keys.tested[test.key] = passed ? "" : wordsOf(passed.error());
        if (passed) continue;
        const bool judged = passed.error().code == ErrorCode::HsmFault && passed.error().native == 0;  // here, not by the HSM
        if (isOfThePin(passed.error()) || (needsFreshWorker(passed.error()) && !judged)) return passed;
    }
    for (auto& [slot, authority] : keys.authorities) {
        const auto tested = keys.tested.find(std::string{name(slot)});
        if (tested != keys.tested.end() && !tested->second.empty()) authority.disqualify("its key failed the self-test: " + tested->second);
    }
    return {};
}

Result<void> Vault::refresh() {
    const auto before = keys();
    if (!before) return before.error();
    auto now = readKeys(*(*before)->token);
    if (!now) return now.error();
    const std::lock_guard lock{m_mutex};
    m_keys = *now;
    return {};
}

Result<std::shared_ptr<const Keys>> Vault::keys() {
    std::unique_lock lock{m_mutex};
    m_changed.wait_for(lock, kPatience, [this] { return m_phase != Phase::Starting; });
    switch (m_phase) {
        case Phase::Ready:
            return m_keys;
        case Phase::PinNeeded:
            return Error{ErrorCode::PinNeeded, m_config.tokenLabel};
        case Phase::PinLocked:
        case Phase::Missing:
            return *m_problem;
        case Phase::Starting:
            break;
    }
    return Error{ErrorCode::TokenMissing, "the HSM's module is still being loaded"};
}

void Vault::waitUntilOpened() {
    std::unique_lock lock{m_mutex};
    m_changed.wait_for(lock, kPatience, [this] { return m_phase != Phase::Starting; });
}

Vault::State Vault::state() {
    const std::lock_guard lock{m_mutex};
    State state;
    switch (m_phase) {
        case Phase::Starting:
            state.name = "starting";
            break;
        case Phase::Missing:
            state.name = "token-missing";
            state.problem = m_problem;
            break;
        case Phase::PinNeeded:
            state.name = "pin-needed";
            break;
        case Phase::PinLocked:
            state.name = "pin-locked";
            break;
        case Phase::Ready:
            state.name = "ready";
            break;
    }
    if (m_token) {
        state.tokenLabel = m_token->label();
        state.tokenSerial = m_token->serial();
        state.lacks = m_token->lacks();
        state.sasProblem = m_token->sasProblem();
        state.sealingProblem = m_token->sealingProblem();
    }
    if (m_phase == Phase::Ready) state.keys = m_keys;
    return state;
}

}  // namespace keystamp::hsm
