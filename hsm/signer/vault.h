// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the token of this worker, from the loading of its module to a login, and the CAs that it holds. Opens it in a
// thread of its own, again and again until it is there, so that the signer answers meanwhile.
//
// PINs: one that was entered costs at most one failed C_Login. After PinWrong or PinLocked nothing here logs in again until
// login() is called.
//
// Threads: any.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/result.h"
#include "core/secret.h"
#include "hsm/signer/certificate_authority.h"
#include "hsm/signer/config.h"
#include "hsm/signer/page.h"
#include "hsm/signer/self_test.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// What is there once somebody has logged in.
struct Keys {
    Token* token = nullptr;
    std::map<Slot, CertificateAuthority> authorities;
    std::string auditKeyPem;
    bool sealingKey = false;  ///< whether it is there
    /// What the self-test of each key found wrong, or nothing: "primary", "primary-group", "audit" ...
    std::map<std::string, std::string> tested;

    /// SignerRefused where the key failed its self-test.
    Result<void> passed(const std::string& key) const;
};

class Vault {
public:
    enum class Told {
        PinRight,  ///< with the PIN
        PinBad,    ///< wrong or locked: it must not be tried again
        Fault,     ///< the HSM failed: a fresh worker is needed
    };
    using Tell = std::function<void(Told, const Secret& pin)>;

    /// `note` is told of the self-tests before they sign.
    Vault(SignerConfig config, Page& page, Tell tell, NoteSelfTests note);
    ~Vault();
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;

    /// Begins; `pin` is tried once.
    void start(std::optional<Secret> pin);

    /// One C_Login at most; none where somebody is logged in already.
    Result<void> login(const Secret& pin);
    /// Waits a while for a token that is just being opened; then TokenMissing, PinNeeded, PinLocked or what stands in the way.
    Result<std::shared_ptr<const Keys>> keys();
    /// Reads the CAs and keys again, and tests them.
    Result<void> refresh();
    /// The HSM has said CKR_PIN_*: nobody logs in until a person has entered a PIN.
    void pinRefused(const Error& error);

    struct State {
        std::string name;  ///< as in SignerStatus
        std::optional<Error> problem;  ///< why the token is not there
        std::string tokenLabel, tokenSerial;
        std::vector<std::string> lacks;  ///< as in SignerStatus, and so is the next one
        std::string sasProblem, sealingProblem;
        std::shared_ptr<const Keys> keys;
    };
    State state();
    bool ready() const { return m_ready; }
    /// Until the first opening has come to an end, for a while.
    void waitUntilOpened();

private:
    enum class Phase { Starting, Missing, PinNeeded, PinLocked, Ready };

    void run(std::optional<Secret> pin);
    Result<void> loginOnce(Token& token, const Secret& pin);
    Result<std::shared_ptr<const Keys>> readKeys(Token& token) const;
    Result<void> testKeys(Keys& keys) const;
    Result<void> enter(Token& token, const Secret& pin);
    void become(Phase phase, std::optional<Error> problem = std::nullopt);

    const SignerConfig m_config;
    Page& m_page;
    const Tell m_tell;
    const NoteSelfTests m_note;
    std::mutex m_loginMutex;  ///< one login at a time
    std::mutex m_mutex;
    std::condition_variable m_changed;
    Phase m_phase = Phase::Starting;
    std::optional<Error> m_problem;  ///< of Missing and PinLocked
    bool m_stop = false;
    std::atomic<bool> m_ready{false};
    std::unique_ptr<Token> m_token;
    std::shared_ptr<const Keys> m_keys;
    std::thread m_opener;
};

}  // namespace keystamp::hsm
