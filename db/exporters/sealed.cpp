// SPDX-License-Identifier: Apache-2.0
#include "db/exporters/sealed.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "db/openssl_ptr.h"

namespace keystamp::db {
namespace {

using CmsPtr = std::unique_ptr<CMS_ContentInfo, Releaser<CMS_ContentInfo_free>>;

constexpr std::size_t kBlock = 4096;  // of whole AES blocks: the cipher then keeps no rest of a secret
constexpr int kWeakestRsa = 2048;

Error failed(const char* where) {
    Error error{ErrorCode::Internal, "the recipient's copy cannot be encrypted", static_cast<long>(ERR_peek_last_error()), where};
    ERR_clear_error();
    return error;
}

CertificatePtr parse(const std::string& pem) {
    const BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    CertificatePtr certificate{bio ? PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr) : nullptr};
    ERR_clear_error();
    return certificate;
}

// RSA: OAEP, for PKCS #1 v1.5 is open to who may ask for many decryptions. EC needs nothing.
bool addRecipient(CMS_ContentInfo* cms, X509* certificate) {
    CMS_RecipientInfo* info = CMS_add1_recipient_cert(cms, certificate, CMS_KEY_PARAM);
    if (info == nullptr) return false;
    if (EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) != EVP_PKEY_RSA) return true;
    EVP_PKEY_CTX* key = CMS_RecipientInfo_get0_pkey_ctx(info);
    return key != nullptr && EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_OAEP_PADDING) > 0 &&
           EVP_PKEY_CTX_set_rsa_oaep_md(key, EVP_sha256()) > 0;
}

CmsPtr envelopeFor(X509* certificate) {
    CmsPtr cms{CMS_encrypt(nullptr, nullptr, EVP_aes_256_cbc(), CMS_PARTIAL | CMS_STREAM | CMS_BINARY)};
    return cms && addRecipient(cms.get(), certificate) ? std::move(cms) : nullptr;
}

// Ciphertext on its way to the file.
int toSink(BIO* bio, const char* data, int size) {
    static_cast<FileSink*>(BIO_get_data(bio))->write({data, static_cast<std::size_t>(size)});
    return size;
}
long control(BIO*, int command, long, void*) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

BIO_METHOD* sinkMethod() {
    static BIO_METHOD* const method = [] {
        BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "keystamp sink");
        BIO_meth_set_write(made, toSink);
        BIO_meth_set_ctrl(made, control);
        return made;
    }();
    return method;
}

class SealedFile : public ExportFile {
public:
    static Result<std::unique_ptr<ExportFile>> create(X509* certificate, std::unique_ptr<FileSink> sink) {
        CmsPtr cms = envelopeFor(certificate);
        if (!cms) return failed("CMS_encrypt");
        BioPtr out{BIO_new(sinkMethod())};
        if (!out) return failed("BIO_new");
        BIO_set_data(out.get(), sink.get());
        BIO_set_init(out.get(), 1);
        BIO* whole = BIO_new_CMS(out.get(), cms.get());
        if (whole == nullptr) return failed("BIO_new_CMS");
        static_cast<void>(out.release());  // it is the end of the chain now
        return std::unique_ptr<ExportFile>{new SealedFile{std::move(sink), std::move(cms), BioPtr{whole}}};
    }

    void write(std::string_view text) override {
        while (!text.empty()) {
            const std::size_t taken = std::min(text.size(), kBlock - m_used);
            std::copy_n(text.begin(), taken, m_block.bytes().begin() + static_cast<std::ptrdiff_t>(m_used));
            m_used += taken;
            text.remove_prefix(taken);
            if (m_used == kBlock) encrypt();
        }
    }

    Result<void> close() override {
        encrypt();
        if (!m_good || BIO_flush(m_chain.get()) != 1) return failed("BIO_flush");
        const auto written = m_sink->close();
        return written ? Result<void>{} : written.error();
    }

private:
    SealedFile(std::unique_ptr<FileSink> sink, CmsPtr cms, BioPtr chain)
        : m_sink(std::move(sink)), m_cms(std::move(cms)), m_chain(std::move(chain)) {}

    void encrypt() {
        const int size = static_cast<int>(m_used);
        m_good = m_good && (size == 0 || BIO_write(m_chain.get(), m_block.view().data(), size) == size);
        m_used = 0;
    }

    std::unique_ptr<FileSink> m_sink;
    CmsPtr m_cms;
    BioPtr m_chain;  // writes to the sink; goes before it
    Secret m_block{kBlock};
    std::size_t m_used = 0;
    bool m_good = true;
};

std::string subjectOf(const X509* certificate) {
    const BioPtr text{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(text.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    char* data = nullptr;
    const long size = BIO_get_mem_data(text.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace

Result<Recipient> parseRecipient(const std::string& pem, UtcTime at) {
    const auto refuse = [](const std::string& why) { return Error{ErrorCode::BadUsage, "the recipient's certificate " + why}; };
    const CertificatePtr certificate = parse(pem);
    if (!certificate) return refuse("is not one in PEM");
    Recipient recipient{pem, subjectOf(certificate.get()), {}};
    unsigned int length = 0;
    X509_digest(certificate.get(), EVP_sha256(), recipient.sha256.data(), &length);
    std::time_t now = std::chrono::system_clock::to_time_t(at);
    if (X509_cmp_time(X509_get0_notBefore(certificate.get()), &now) > 0) return refuse("(" + recipient.subject + ") is not valid yet; ask them for another");
    if (X509_cmp_time(X509_get0_notAfter(certificate.get()), &now) < 0) return refuse("(" + recipient.subject + ") has expired; ask them for another");
    const EVP_PKEY* key = X509_get0_pubkey(certificate.get());
    const bool rsa = key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA;
    if (rsa && EVP_PKEY_get_bits(key) < kWeakestRsa) return refuse("(" + recipient.subject + ") has an RSA key below 2048 bits; ask them for another");
    const std::uint32_t usage = X509_get_key_usage(certificate.get());  // all bits where it says nothing
    if (!(usage & (rsa ? KU_KEY_ENCIPHERMENT : KU_KEY_AGREEMENT)) || !envelopeFor(certificate.get())) {
        ERR_clear_error();
        return refuse("(" + recipient.subject + ") is not one to encrypt to: it takes an RSA key with keyEncipherment or an EC key with keyAgreement");
    }
    return recipient;
}

namespace exporters {

Result<std::unique_ptr<ExportFile>> sealFor(const Recipient& recipient, std::unique_ptr<FileSink> sink) {
    const CertificatePtr certificate = parse(recipient.pem);
    if (!certificate) return failed("PEM_read_bio_X509");
    return SealedFile::create(certificate.get(), std::move(sink));
}

}  // namespace exporters
}  // namespace keystamp::db
