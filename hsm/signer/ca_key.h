// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the key pair of a CA, made in the HSM, and what asks a root to certify it. Thread safe.
#pragma once

#include <string>

#include "hsm/signer/pair_kind.h"
#include "hsm/signer/token.h"

namespace keystamp::hsm {

/// "ec-p256", "ec-p384", "rsa-3072"; BadUsage.
Result<PairKind> parsePairKind(const std::string& text);
/// What CaCertificate::keyType calls a key of this kind: "EC P-256" ...
std::string_view keyTypeOf(PairKind kind);

/// Whether the token holds such a private key. SignerRefused where it holds one that can be taken out, or a public half
/// alone: neither may become a CA's.
Result<bool> hasCaKey(Token& token, const Bytes& ckaId);
/// Makes it, and sees that it stays inside.
Result<void> makeCaKey(Token& token, const Bytes& ckaId, const std::string& label, PairKind kind);

/// A Name in DER from its text as RFC 4514 writes it ("CN=Line 1 CA,O=Acme\, Berlin,C=DE": the last is the first in DER).
/// One CN; besides O, OU, L, ST, C. BadUsage.
Result<Bytes> parseName(const std::string& text);

/// PKCS #10, DER (RFC 2986): asks for CA:true and pathlen:0, keyCertSign and cRLSign, and the key's identifier. One
/// C_Sign, verified with the key. What is signed begins with INTEGER 0 and a Name: it is no certificate's TBS.
Result<Bytes> signCaRequest(Token& token, const Bytes& ckaId, const Bytes& subject);

}  // namespace keystamp::hsm
