// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/csr.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "hsm/signer/der.h"
#include "hsm/signer/ecdsa_signature.h"
#include "hsm/signer/public_key.h"
#include "hsm/signer/signing.h"

namespace keystamp::hsm {
namespace {

constexpr std::string_view kCommonName{"\x55\x04\x03"};  // content of its object identifier
constexpr std::uint8_t kPrintable = 0x13;
constexpr std::uint8_t kIa5 = 0x16;

// ecdsa-with-SHA2 and sha2WithRSAEncryption (RFC 5758, RFC 8017): contents of their object identifiers
struct Algorithm {
    std::string_view oid;
    const EVP_MD* (*digest)();
    int keyType;
};
constexpr Algorithm kAlgorithms[] = {
    {"\x2a\x86\x48\xce\x3d\x04\x03\x02", EVP_sha256, EVP_PKEY_EC},
    {"\x2a\x86\x48\xce\x3d\x04\x03\x03", EVP_sha384, EVP_PKEY_EC},
    {"\x2a\x86\x48\xce\x3d\x04\x03\x04", EVP_sha512, EVP_PKEY_EC},
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b", EVP_sha256, EVP_PKEY_RSA},
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c", EVP_sha384, EVP_PKEY_RSA},
    {"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d", EVP_sha512, EVP_PKEY_RSA},
};

der::Reader read(BytesView bytes) { return der::Reader{bytes, der::Lengths::Any}; }

struct Request {
    BytesView signedPart, subject, publicKey, algorithm, signature;
};

// What is wrong with the request's form, or nothing.
using Problem = std::optional<std::string>;

Problem parseInfo(BytesView info, Request& request) {
    auto inner = read(info);
    if (!inner.next(der::kInteger)) return "the request does not parse: its version is missing";
    const auto subject = inner.next(der::kSequence);
    if (!subject) return "the request does not parse: its subject is missing";
    const auto key = inner.next(der::kSequence);
    if (!key) return "the request does not parse: its public key is missing";
    if (!inner.atEnd() && (!inner.next(der::kContext0) || !inner.atEnd()))
        return "the request does not parse: behind its public key is something else than attributes";
    request.subject = subject->content;
    request.publicKey = key->whole;
    return std::nullopt;
}

Problem parse(BytesView csr, Request& request) {
    auto all = read(csr);
    const auto whole = all.next(der::kSequence);
    if (!whole) return "the request does not parse: it is no sequence, or not whole";
    if (!all.atEnd()) return "the request does not parse: bytes follow it";
    auto outer = read(whole->content);
    const auto info = outer.next(der::kSequence);
    const auto algorithm = outer.next(der::kSequence);
    const auto signature = outer.next(der::kBitString);
    if (!info || !algorithm || !signature || !outer.atEnd())
        return "the request does not parse: it is not information, algorithm, signature";
    if (signature->content.size() < 2 || signature->content[0] != 0)
        return "the request does not parse: its signature is empty, or not whole octets";
    auto algorithmReader = read(algorithm->content);
    const auto oid = algorithmReader.next(der::kOid);
    if (!oid) return "the request does not parse: its signature's algorithm is missing";
    request.signedPart = info->whole;
    request.algorithm = oid->content;
    request.signature = signature->content.subspan(1);
    return parseInfo(info->content, request);
}

Problem problemWithName(BytesView subject, const DeviceId& id) {
    bool found = false;
    for (auto sets = read(subject); !sets.atEnd();) {
        const auto set = sets.next(der::kSet);
        if (!set) return "the request's subject does not parse";
        for (auto attributes = read(set->content); !attributes.atEnd();) {
            const auto attribute = attributes.next(der::kSequence);
            if (!attribute) return "the request's subject does not parse";
            auto parts = read(attribute->content);
            const auto oid = parts.next(der::kOid);
            const auto value = parts.next();
            if (!oid || !value || !parts.atEnd()) return "the request's subject does not parse";
            if (asText(oid->content) != kCommonName) continue;
            if (found) return "the request has more than one CN";
            found = true;
            if (value->tag != der::kUtf8 && value->tag != kPrintable && value->tag != kIa5)
                return "the request's CN is no text";
            if (asText(value->content) != id.text())
                return "the request's CN is another one";  // a board's word: not quoted
        }
    }
    return std::nullopt;
}

Problem problemWithSignature(const Request& request, EVP_PKEY* key) {
    const auto* algorithm = std::find_if(std::begin(kAlgorithms), std::end(kAlgorithms),
                                         [&](const Algorithm& one) { return one.oid == asText(request.algorithm); });
    if (algorithm == std::end(kAlgorithms)) return "the request is not signed over SHA-2 by ECDSA or RSA PKCS #1";
    if (EVP_PKEY_get_base_id(key) != algorithm->keyType)
        return "the request's signature is of another kind than its key";
    std::optional<Bytes> rewritten;
    if (algorithm->keyType == EVP_PKEY_EC) {
        rewritten = normalised(request.signature, static_cast<std::size_t>(EVP_PKEY_get_bits(key)) / 8);
        if (!rewritten) return "the request's signature is no pair of numbers that ECDSA makes on this curve";
    }
    const BytesView signature = rewritten ? BytesView{*rewritten} : request.signature;
    if (!verifies(key, algorithm->digest(), request.signedPart, signature))
        return "the request's signature does not verify";
    return std::nullopt;
}

}  // namespace

Result<Bytes> certifiedKey(BytesView csr, const DeviceId& id, const std::set<KeyAlgorithm>& allowed) {
    const auto refuse = [&](const std::string& why) {
        return Error{ErrorCode::CsrRefused, fmt::format("{}: {}", id.text(), why)};
    };
    if (csr.size() > kLargestCsr)
        return refuse(fmt::format("a request of {} bytes; {} at most", csr.size(), kLargestCsr));
    Request request;
    if (const auto problem = parse(csr, request)) return refuse(*problem);
    if (const auto problem = problemWithKey(request.publicKey, allowed)) return refuse(*problem);
    const EvpKeyPtr key = publicKeyFrom(request.publicKey);
    if (!key) return refuse("its public key is not on its curve");
    if (const auto problem = problemWithName(request.subject, id)) return refuse(*problem);
    if (const auto problem = problemWithSignature(request, key.get())) return refuse(*problem);
    return toBytes(request.publicKey);
}

}  // namespace keystamp::hsm
