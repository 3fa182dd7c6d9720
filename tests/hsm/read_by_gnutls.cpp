// SPDX-License-Identifier: Apache-2.0
#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include <array>
#include <ctime>

#include "tests/hsm/read_leaf.h"

namespace keystamp::test {
namespace {

class Certificate {
public:
    explicit Certificate(BytesView bytes) {
        const gnutls_datum_t der{const_cast<unsigned char*>(bytes.data()), static_cast<unsigned>(bytes.size())};
        gnutls_x509_crt_init(&m_handle);
        m_good = gnutls_x509_crt_import(m_handle, &der, GNUTLS_X509_FMT_DER) == 0;
    }
    ~Certificate() { gnutls_x509_crt_deinit(m_handle); }
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;

    bool good() const { return m_good; }
    gnutls_x509_crt_t handle() const { return m_handle; }

private:
    gnutls_x509_crt_t m_handle = nullptr;
    bool m_good = false;
};

UtcTime timeOf(std::time_t seconds) {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::from_time_t(seconds));
}

Bytes take(gnutls_datum_t datum) {
    Bytes bytes(datum.data, datum.data + datum.size);
    gnutls_free(datum.data);
    return bytes;
}

Bytes withoutZeros(const unsigned char* data, std::size_t size) {
    while (size > 1 && *data == 0) {
        ++data;
        --size;
    }
    return Bytes(data, data + size);
}

Bytes publicKeyOf(gnutls_x509_crt_t certificate) {
    gnutls_pubkey_t key = nullptr;
    gnutls_pubkey_init(&key);
    gnutls_datum_t der{};
    const bool good = gnutls_pubkey_import_x509(key, certificate, 0) == 0 &&
                      gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der) == 0;
    gnutls_pubkey_deinit(key);
    return good ? take(der) : Bytes{};
}

std::vector<std::string> purposesOf(gnutls_x509_crt_t certificate) {
    std::vector<std::string> found;
    for (unsigned i = 0;; ++i) {
        std::array<char, 64> dotted{};
        std::size_t size = dotted.size();
        if (gnutls_x509_crt_get_key_purpose_oid(certificate, i, dotted.data(), &size, nullptr) < 0) return found;
        found.emplace_back(dotted.data());
    }
}

}  // namespace

LeafFacts readByGnutls(BytesView bytes) {
    const Certificate certificate{bytes};
    if (!certificate.good()) return {};
    gnutls_x509_crt_t crt = certificate.handle();
    LeafFacts facts;
    std::array<unsigned char, 128> buffer{};
    std::size_t size = buffer.size();
    if (gnutls_x509_crt_get_serial(crt, buffer.data(), &size) == 0) facts.serial = withoutZeros(buffer.data(), size);
    gnutls_datum_t name{};
    if (gnutls_x509_crt_get_raw_issuer_dn(crt, &name) == 0) facts.issuer = take(name);
    if (gnutls_x509_crt_get_raw_dn(crt, &name) == 0) facts.subject = take(name);
    std::array<char, 128> text{};
    size = text.size();
    if (gnutls_x509_crt_get_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, 0, text.data(), &size) == 0)
        facts.commonName = text.data();
    facts.notBefore = timeOf(gnutls_x509_crt_get_activation_time(crt));
    facts.notAfter = timeOf(gnutls_x509_crt_get_expiration_time(crt));
    size = buffer.size();
    if (gnutls_x509_crt_get_subject_key_id(crt, buffer.data(), &size, nullptr) == 0)
        facts.subjectKeyId.assign(buffer.data(), buffer.data() + size);
    size = buffer.size();
    if (gnutls_x509_crt_get_authority_key_id(crt, buffer.data(), &size, nullptr) == 0)
        facts.authorityKeyId.assign(buffer.data(), buffer.data() + size);
    facts.purposes = purposesOf(crt);
    unsigned usage = 0;
    unsigned critical = 0;
    gnutls_x509_crt_get_key_usage(crt, &usage, &critical);
    facts.digitalSignatureOnly = usage == GNUTLS_KEY_DIGITAL_SIGNATURE;
    facts.isCa = gnutls_x509_crt_get_ca_status(crt, &critical) != 0;
    facts.publicKey = publicKeyOf(crt);
    return facts;
}

}  // namespace keystamp::test
