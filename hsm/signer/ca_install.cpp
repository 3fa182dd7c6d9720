// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ca_install.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "core/file.h"
#include "hsm/signer/ca_certificate.h"

namespace keystamp::hsm {
namespace {

constexpr std::size_t kLargestChain = 64 * 1024;
constexpr mode_t kForAll = 0644;  // certificates are public, whatever the signer's umask

Error refused(std::string why) { return Error{ErrorCode::ChainRefused, std::move(why)}; }

std::string problemWithOrder(const std::vector<CaCertificatePtr>& chain) {
    for (std::size_t n = 1; n < chain.size(); ++n) {
        const int said = X509_check_issued(chain[n]->x509.get(), chain[n - 1]->x509.get());
        ERR_clear_error();
        if (said != X509_V_OK) {
            return fmt::format("certificate {} ({}) was not issued by certificate {} ({})", n, chain[n - 1]->subjectText, n + 1,
                               chain[n]->subjectText);
        }
    }
    return {};
}

// The certificate that this key has had so far, if any.
CaCertificatePtr certificateOf(const Bytes& publicKey, const std::string& path) {
    const auto found = readCertificates(path);
    return found && found->front()->publicKey == publicKey ? found->front() : nullptr;
}

std::string problemWithName(const CaCertificate& ca, const std::string& path) {
    const auto before = certificateOf(ca.publicKey, path);
    if (before == nullptr || before->subject == ca.subject) return {};
    return fmt::format("its key has been {} so far and cannot become {}: leaves that name their issuer would lose it; a new name "
                       "goes with a new key (ca_key)",
                       before->subjectText, ca.subjectText);
}

}  // namespace

Result<CheckedChain> checkChain(Token& token, const SignerConfig& config, Slot slot, std::string_view pem, UtcTime now) {
    const SlotConfig& place = config.slots.at(slot);
    if (pem.size() > kLargestChain) return refused(fmt::format("{} bytes; a chain has {} at most", pem.size(), kLargestChain));
    auto chain = parseCertificates(pem, "the chain");
    if (!chain) return refused(chain.error().detail);
    const auto root = readCertificates(config.root);
    if (!root) return root.error();
    const CaCertificate& anchor = *root->front();
    if (chain->size() > 1 && chain->back()->certificate == anchor.certificate) chain->pop_back();

    const CaCertificate& ca = *chain->front();
    const auto key = token.publicKey(place.caKey);
    if (!key && key.error().code != ErrorCode::KeyMissing) return key.error();
    if (!key) return refused(fmt::format("the HSM has no key {} for it; `keystamp ca request` makes it", toHex(place.caKey)));
    if (*key != ca.publicKey) {
        return refused(fmt::format("its first certificate, {}, is not for the {} slot's key {} in the HSM", ca.subjectText, name(slot),
                                   toHex(place.caKey)));
    }
    for (const std::string& problem : {problemWithOrder(*chain), problemWithCa(*chain, anchor, now), problemWithName(ca, place.caCert)}) {
        if (!problem.empty()) return refused(problem);
    }
    CheckedChain good{{}, ca.subjectText, sha256(BytesView{ca.certificate})};
    for (const auto& one : *chain) good.pem += toPem(*one);
    return good;
}

Result<void> putInPlace(const std::string& path, std::string_view pem) {
    const auto before = readFile(path, 1u << 20);
    if (!before && before.error().native != ENOENT) return before.error();
    if (before && *before == pem) return {};
    if (auto made = makeFolder(std::filesystem::path(path).parent_path().string()); !made) return made;
    if (before) {
        const std::string aside = path + ".before-" + toHex(BytesView{sha256(asBytes(*before))}.first(4));
        if (auto kept = writeFile(aside, *before); !kept) return kept;
        ::chmod(aside.c_str(), kForAll);
    }
    if (auto written = writeFile(path, pem); !written) return written;
    if (::chmod(path.c_str(), kForAll) != 0) return Error{ErrorCode::IoFault, path, errno, "chmod"};
    return {};
}

}  // namespace keystamp::hsm
