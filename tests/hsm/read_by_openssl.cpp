// SPDX-License-Identifier: Apache-2.0
#include <openssl/x509v3.h>

#include <ctime>

#include "hsm/signer/openssl.h"
#include "tests/hsm/read_leaf.h"

namespace keystamp::test {
namespace {

UtcTime timeOf(const ASN1_TIME* time) {
    std::tm parts{};
    ASN1_TIME_to_tm(time, &parts);
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::from_time_t(timegm(&parts)));
}

Bytes bytesOf(const ASN1_STRING* string) {
    if (string == nullptr) return {};
    const unsigned char* data = ASN1_STRING_get0_data(string);
    return Bytes(data, data + ASN1_STRING_length(string));
}

std::vector<std::string> purposesOf(const X509* x509) {
    std::vector<std::string> found;
    auto* list = static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(x509, NID_ext_key_usage, nullptr, nullptr));
    for (int i = 0; i < sk_ASN1_OBJECT_num(list); ++i) {
        char dotted[64];
        OBJ_obj2txt(dotted, sizeof dotted, sk_ASN1_OBJECT_value(list, i), 1);
        found.emplace_back(dotted);
    }
    sk_ASN1_OBJECT_pop_free(list, ASN1_OBJECT_free);
    return found;
}

}  // namespace

LeafFacts readByOpenssl(BytesView certificate) {
    const auto owner = hsm::fromDer<hsm::X509Ptr>(d2i_X509, certificate);
    if (!owner) return {};
    X509* x509 = owner.get();
    LeafFacts facts;
    facts.serial = bytesOf(X509_get0_serialNumber(x509));
    facts.issuer = hsm::toDer(i2d_X509_NAME, X509_get_issuer_name(x509));
    facts.subject = hsm::toDer(i2d_X509_NAME, X509_get_subject_name(x509));
    char name[128] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(x509), NID_commonName, name, sizeof name);
    facts.commonName = name;
    facts.notBefore = timeOf(X509_get0_notBefore(x509));
    facts.notAfter = timeOf(X509_get0_notAfter(x509));
    facts.subjectKeyId = bytesOf(X509_get0_subject_key_id(x509));
    facts.authorityKeyId = bytesOf(X509_get0_authority_key_id(x509));
    facts.purposes = purposesOf(x509);
    facts.digitalSignatureOnly = X509_get_key_usage(x509) == KU_DIGITAL_SIGNATURE;
    facts.isCa = X509_check_ca(x509) != 0;
    facts.publicKey = hsm::toDer(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(x509));
    return facts;
}

}  // namespace keystamp::test
