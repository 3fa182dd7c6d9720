// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/key_source.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string_view>

#include "core/der.h"
#include "core/releaser.h"

namespace keystamp::workflow {
namespace {

using BioPtr = std::unique_ptr<BIO, Releaser<BIO_free_all>>;
using BnPtr = std::unique_ptr<BIGNUM, Releaser<BN_clear_free>>;
using CsrPtr = std::unique_ptr<X509_REQ, Releaser<X509_REQ_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;

Error failed(const char* where) {
    const auto native = static_cast<long>(ERR_peek_last_error());
    ERR_clear_error();
    return Error{ErrorCode::Internal, "OpenSSL", native, where};
}

template <typename Write, typename Handle>
Bytes toDer(Write write, Handle* handle) {
    const int size = write(handle, nullptr);
    if (size <= 0) return {};
    Bytes bytes(static_cast<std::size_t>(size));
    unsigned char* at = bytes.data();
    write(handle, &at);
    return bytes;
}

/// What PEM_read_bio allocates.
struct PemBlock {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;

    PemBlock() = default;
    PemBlock(const PemBlock&) = delete;
    PemBlock& operator=(const PemBlock&) = delete;
    ~PemBlock() { clear(); }
    void clear() noexcept {
        OPENSSL_free(name);
        OPENSSL_free(header);
        OPENSSL_free(data);
        name = header = nullptr;
        data = nullptr;
    }
};

// A P-256 key in PKCS #8 has one length; put together here, for OpenSSL's encoder would leave the scalar in plain heap.
constexpr std::size_t kScalar = 32;
constexpr std::size_t kPoint = 65;
constexpr std::array<std::uint8_t, 36> kBeforeScalar{0x30, 0x81, 0x87, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86,
                                                     0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d,
                                                     0x03, 0x01, 0x07, 0x04, 0x6d, 0x30, 0x6b, 0x02, 0x01, 0x01, 0x04, 0x20};
constexpr std::array<std::uint8_t, 5> kBeforePoint{0xa1, 0x44, 0x03, 0x42, 0x00};

Result<Secret> pkcs8Of(EVP_PKEY* key) {
    const BnPtr scalar{BN_secure_new()};
    BIGNUM* into = scalar.get();
    std::array<std::uint8_t, kPoint> point{};
    std::size_t size = 0;
    if (into == nullptr || EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &into) != 1) return failed("private key");
    if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(), &size) != 1 ||
        size != kPoint || point[0] != 0x04) {
        return failed("public key");
    }
    Secret pkcs8{kBeforeScalar.size() + kScalar + kBeforePoint.size() + kPoint};
    std::uint8_t* at = std::copy(kBeforeScalar.begin(), kBeforeScalar.end(), pkcs8.bytes().data());
    if (BN_bn2binpad(scalar.get(), at, kScalar) != static_cast<int>(kScalar)) return failed("BN_bn2binpad");
    at = std::copy(kBeforePoint.begin(), kBeforePoint.end(), at + kScalar);
    std::copy(point.begin(), point.end(), at);
    return pkcs8;
}

}  // namespace

Result<Digest> keyHashOfCsr(BytesView csr) {
    // CertificationRequest { CertificationRequestInfo { version, subject, subjectPKInfo, ... }, ... }
    der::Reader all{csr, der::Lengths::Any};
    const auto request = all.next(der::kSequence);
    const auto info = der::Reader{request ? request->content : BytesView{}, der::Lengths::Any}.next(der::kSequence);
    der::Reader fields{info ? info->content : BytesView{}, der::Lengths::Any};
    const auto version = fields.next(der::kInteger);
    const auto subject = fields.next(der::kSequence);
    const auto key = fields.next(der::kSequence);
    if (!all.atEnd() || !version || !subject || !key) return Error{ErrorCode::CsrRefused, "it does not parse"};
    return sha256(key->whole);
}

Result<StationKey> makeStationKey(const DeviceId& id) {
    const KeyPtr key{EVP_EC_gen("P-256")};
    if (!key) return failed("EVP_EC_gen");
    auto pkcs8 = pkcs8Of(key.get());
    if (!pkcs8) return pkcs8.error();
    const CsrPtr request{X509_REQ_new()};
    const auto* name = reinterpret_cast<const unsigned char*>(id.text().data());
    if (!request ||
        X509_NAME_add_entry_by_NID(X509_REQ_get_subject_name(request.get()), NID_commonName, MBSTRING_UTF8, name,
                                   static_cast<int>(id.text().size()), -1, 0) != 1 ||
        X509_REQ_set_pubkey(request.get(), key.get()) != 1 || X509_REQ_sign(request.get(), key.get(), EVP_sha256()) <= 0) {
        return failed("X509_REQ_sign");
    }
    return StationKey{*std::move(pkcs8), toDer(i2d_X509_REQ, request.get())};
}

Result<std::vector<Bytes>> certificatesOf(const std::string& pem) {
    const BioPtr in{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    std::vector<Bytes> found;
    PemBlock block;
    while (PEM_read_bio(in.get(), &block.name, &block.header, &block.data, &block.size) == 1) {
        const BytesView whole{block.data, static_cast<std::size_t>(block.size)};
        der::Reader all{whole, der::Lengths::Any};
        const bool certificate = std::string_view{block.name} == PEM_STRING_X509 && all.next(der::kSequence) && all.atEnd();
        if (!certificate) return Error{ErrorCode::Internal, "the chain holds what is no certificate", 0, "PEM_read_bio"};
        found.push_back(toBytes(whole));
        block.clear();
    }
    const unsigned long last = ERR_peek_last_error();
    if (ERR_GET_REASON(last) != PEM_R_NO_START_LINE) return failed("PEM_read_bio");
    ERR_clear_error();  // the end of the text
    return found;
}

}  // namespace keystamp::workflow
