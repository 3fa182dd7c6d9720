// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/demo_token.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>

#include "core/file.h"
#include "core/secret.h"
#include "hsm/signer/demo_certificates.h"
#include "hsm/signer/demo_keys.h"
#include "hsm/signer/openssl.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSoftHsmVariable = "SOFTHSM2_CONF";
constexpr std::size_t kPinDigits = 12;
constexpr std::size_t kPassphraseLetters = 24;
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLetters = "abcdefghijkmnpqrstuvwxyz23456789";  // none that look alike

bool isThere(const std::string& path) {
    std::error_code problem;
    return fs::exists(path, problem);
}

// `count` letters of the alphabet, each as likely as any other.
Secret randomText(std::string_view alphabet, std::size_t count) {
    Secret text(count);
    const std::size_t fair = 256 / alphabet.size() * alphabet.size();
    for (std::size_t i = 0; i < count;) {
        Secret byte(1);
        if (RAND_priv_bytes(byte.bytes().data(), 1) != 1)
            std::abort();  // no entropy: nothing here is safe to go on with
        if (byte.view()[0] >= fair) continue;
        text.bytes()[i++] = static_cast<std::uint8_t>(alphabet[byte.view()[0] % alphabet.size()]);
    }
    return text;
}

Result<void> writeSecretFile(const std::string& path, const Secret& secret) {
    Secret line(secret.size() + 1);
    std::copy(secret.view().begin(), secret.view().end(), line.bytes().begin());
    line.bytes()[secret.size()] = '\n';
    if (auto made = makeFolder(fs::path(path).parent_path().string()); !made) return made;
    ::unlink((path + ".new").c_str());  // an interrupted try's, which its mode keeps us from writing to
    return writeFile(path, line.text(), 0400);
}

// The PIN is on disk before a token has it: an interruption never leaves a token that nobody can enter.
Result<Secret> pinOf(const SignerConfig& config) {
    if (isThere(config.pinFile)) return readSecretFile(config.pinFile);
    const auto token = hasDemoToken(config);
    if (!token) return token.error();
    if (*token) {
        return Error{ErrorCode::BadConfig,
                     fmt::format("token \"{}\" is there and its PIN file {} is not; delete the token, or give "
                                 "the demo another folder",
                                 config.tokenLabel, config.pinFile)};
    }
    Secret pin = randomText(kDigits, kPinDigits);
    if (auto written = writeSecretFile(config.pinFile, pin); !written) return written.error();
    return pin;
}

Result<void> writeAuditKey(Token& token, const SignerConfig& config) {
    const auto der = token.publicKey(config.auditKey);
    if (!der) return der.error();
    const auto key = fromDer<EvpKeyPtr>(d2i_PUBKEY, *der);
    const std::unique_ptr<BIO, Releaser<BIO_free>> out{BIO_new(BIO_s_mem())};
    if (!key || PEM_write_bio_PUBKEY(out.get(), key.get()) != 1)
        return Error{ErrorCode::Internal, "audit key", 0, "PEM"};
    char* text = nullptr;
    const long size = BIO_get_mem_data(out.get(), &text);
    const std::string_view pem{text, static_cast<std::size_t>(size)};
    const std::string path = (fs::path(config.file).parent_path() / "audit.pub.pem").string();
    const auto there = isThere(path) ? readFile(path) : Result<std::string>{std::string{}};
    if (there && *there == pem) return {};
    return writeFile(path, pem);
}

// Whatever is missing, in the token that the configuration names.
Result<void> complete(const SignerConfig& config) {
    const auto pin = pinOf(config);
    if (!pin) return pin.error();
    if (auto made = makeDemoKeys(config, *pin); !made) return made;
    const auto token = Token::open(config);
    if (!token) return token.error();
    if (auto in = (*token)->login(*pin); !in) return in;
    if (auto made = makeDemoCertificates(**token, config); !made) return made;
    if (auto written = writeAuditKey(**token, config); !written) return written;
    if (isThere(config.passphraseFile)) return {};
    return writeSecretFile(config.passphraseFile, randomText(kLetters, kPassphraseLetters));
}

// SoftHSM's configuration file and its folder of tokens.
struct SoftHsm {
    std::string configuration;
    std::string tokens;

    std::string content() const {
        return fmt::format(
            "directories.tokendir = {}\nobjectstore.backend = file\nlog.level = ERROR\nslots.removable = false\n",
            tokens);
    }
};

Result<void> toDisk(const std::string& folder) {
    std::error_code problem;
    for (const auto& entry : fs::recursive_directory_iterator(folder, problem)) {
        const UniqueFd fd{::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC)};
        if (!fd || ::fsync(fd.get()) != 0) return Error{ErrorCode::IoFault, entry.path().string(), errno, "fsync"};
    }
    if (problem) return Error{ErrorCode::IoFault, folder, problem.value(), "readdir"};
    return {};
}

// SoftHSM writes its files in place: killed in the middle it leaves a token that it cannot read or whose PIN does not
// fit, and may then abort whoever loads it. So the whole is made aside and gets its place by one rename.
Result<void> makeAside(const SignerConfig& config, const SoftHsm& wanted) {
    const SoftHsm aside{wanted.configuration + ".new", wanted.tokens + ".new"};
    std::error_code problem;
    fs::remove_all(aside.tokens, problem);  // an interrupted try's
    if (auto made = makeFolder(aside.tokens, 0700); !made) return made;
    if (auto written = writeFile(aside.configuration, aside.content()); !written) return written;
    SignerConfig elsewhere = config;
    elsewhere.environment[kSoftHsmVariable] = aside.configuration;
    if (auto made = complete(elsewhere); !made) return made;

    if (auto safe = toDisk(aside.tokens); !safe) return safe;
    if (auto written = writeFile(wanted.configuration, wanted.content()); !written) return written;
    if (::rename(aside.tokens.c_str(), wanted.tokens.c_str()) != 0) {
        return Error{ErrorCode::IoFault, wanted.tokens, errno, "rename"};
    }
    ::setenv(kSoftHsmVariable, wanted.configuration.c_str(), 1);
    ::unlink(aside.configuration.c_str());
    return {};
}

}  // namespace

Result<void> makeDemoToken(const SignerConfig& config) {
    if (!config.demo()) {
        return Error{
            ErrorCode::BadUsage,
            fmt::format("token \"{}\" is no demo's; its label must begin with keystamp-demo", config.tokenLabel)};
    }
    if (config.pinFile.empty() || config.passphraseFile.empty()) {
        return Error{ErrorCode::BadConfig,
                     config.file + ": a demo needs signer.pin_file and supervisor.passphrase_file"};
    }
    if (auto made = makeFolder(config.data, 0700); !made) return made;
    const auto alone = lockFile(config.data + "/demo-token.lock");
    if (!alone) return alone.error();

    const auto named = config.environment.find(kSoftHsmVariable);
    if (named == config.environment.end()) return complete(config);
    const SoftHsm softHsm{named->second, (fs::path(named->second).parent_path() / "tokens").string()};
    // a configuration that somebody wrote for SoftHSM, or tokens that are there, are used as they are
    const auto there = readFile(softHsm.configuration);
    if (!isThere(softHsm.tokens) && (!there || *there == softHsm.content())) return makeAside(config, softHsm);
    if (!there) {
        if (auto written = writeFile(softHsm.configuration, softHsm.content()); !written) return written;
    }
    return complete(config);
}

}  // namespace keystamp::hsm
