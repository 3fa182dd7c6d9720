// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/self_test.h"

#include <openssl/pem.h>

#include "hsm/signer/openssl.h"
#include "hsm/signer/signing.h"

namespace keystamp::hsm {
namespace {

Result<void> testGroupKey(Token& token, const Bytes& ckaId) {
    std::vector<Secret> derived;
    for (const char* text : {"keystamp-self-test-1", "keystamp-self-test-1", "keystamp-self-test-2"}) {
        auto one = token.hmac(ckaId, asBytes(text));
        if (!one) return one.error();
        derived.push_back(std::move(*one));
    }
    if (derived[0].equals(derived[1]) && !derived[0].equals(derived[2])) return {};
    return Error{ErrorCode::HsmFault, "it derives another key each time, or the same for each device", 0, "C_Sign"};
}

Result<void> testAuditKey(Token& token, const Bytes& ckaId, const std::string& publicPem) {
    const std::string text = "keystamp-self-test " + toText(utcNow());  // neither a checkpoint nor a manifest
    const auto signature = signWithAuditKey(token, ckaId, text);
    if (!signature) return signature.error();
    const std::unique_ptr<BIO, Releaser<BIO_free>> in{BIO_new_mem_buf(publicPem.data(), static_cast<int>(publicPem.size()))};
    const EvpKeyPtr key{PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr)};
    if (key && verifies(key.get(), EVP_sha256(), asBytes(text), *signature)) return {};
    return Error{ErrorCode::HsmFault, "a signature of it does not verify", 0, "C_Sign"};
}

}  // namespace

std::string groupKeyName(Slot slot) { return std::string{name(slot)} + "-group"; }

std::vector<KeyTest> keyTests(Token& token, const SignerConfig& config, const std::map<Slot, CertificateAuthority>& authorities,
                              const std::string& auditKeyPem) {
    std::vector<KeyTest> tests;
    for (const auto& [slot, authority] : authorities) {
        if (authority.info().usable) tests.push_back({std::string{name(slot)}, 1, [&ca = authority] { return ca.selfTest(); }});
        const auto configured = config.slots.find(slot);
        if (!authority.info().groupKey || configured == config.slots.end() || !token.sasProblem().empty()) continue;
        tests.push_back({groupKeyName(slot), 3, [&token, id = configured->second.groupKey] { return testGroupKey(token, id); }});
    }
    if (!config.sealingKey.empty() && token.sealingProblem().empty()) {
        const auto there = token.hasSecretKey(config.sealingKey);
        // no C_Sign: it encrypts; one that is not there yet is made with the first batch of imported keys
        if (there && *there) tests.push_back({std::string{kSealingKeyName}, 0, [&token, id = config.sealingKey] { return token.testSealing(id); }});
    }
    if (!auditKeyPem.empty()) {
        tests.push_back({"audit", 1, [&token, id = config.auditKey, auditKeyPem] { return testAuditKey(token, id, auditKeyPem); }});
    }
    return tests;
}

std::vector<std::string> signaturesOf(const std::vector<KeyTest>& tests) {
    std::vector<std::string> keys;
    for (const KeyTest& test : tests) keys.insert(keys.end(), static_cast<std::size_t>(test.signatures), test.key);
    return keys;
}

}  // namespace keystamp::hsm
