// SPDX-License-Identifier: Apache-2.0
// What a proof is over, and how it is checked, against vectors that the openssl command line made.
#include <gtest/gtest.h>

#include <iterator>

#include "flashing/board.h"

namespace keystamp {
namespace {

using flashing::checkProof;
using flashing::Prover;

#include "tests/flashing/proof_vectors.inc"

Bytes hex(std::string_view text) { return *fromHex(text); }

Bytes vectorMessage() {
    return flashing::proofMessage(hex(kNonceHex), hex(kUidHex), *DeviceId::parse(kDeviceId), kScopeId, sha256(hex(kSasKeyHex)));
}

Prover sasProver() {
    Prover prover;
    prover.kind = Mode::Sas;
    prover.sasKey = Secret::copyOf(BytesView{hex(kSasKeyHex)});
    return prover;
}
Prover leafProver(std::string_view der) {
    Prover prover;
    prover.leaf = *fromBase64(der);
    return prover;
}

TEST(Proof, TheMessageIsTheOneOfTheProtocol) {
    EXPECT_EQ(toHex(vectorMessage()), kMessageHex);
    EXPECT_EQ(toHex(sha256(vectorMessage())), kMessageSha256);
}

TEST(Proof, AnHmacByOpensslIsAccepted) {
    EXPECT_TRUE(checkProof(sasProver(), vectorMessage(), hex(kHmacHex)));
}

TEST(Proof, AnEcdsaSignatureByOpensslIsAccepted) {
    EXPECT_TRUE(checkProof(leafProver(kEcLeaf), vectorMessage(), *fromBase64(kEcSignature)));
}

TEST(Proof, AnRsaSignatureByOpensslIsAccepted) {
    EXPECT_TRUE(checkProof(leafProver(kRsaLeaf), vectorMessage(), *fromBase64(kRsaSignature)));
}

TEST(Proof, AnyChangedByteOfMessageOrProofIsRefusedAsTheBoardsFault) {
    struct Case {
        Prover prover;
        Bytes proof;
    };
    Case cases[] = {{sasProver(), hex(kHmacHex)},
                    {leafProver(kEcLeaf), *fromBase64(kEcSignature)},
                    {leafProver(kRsaLeaf), *fromBase64(kRsaSignature)}};
    for (const Case& each : cases) {
        const Bytes message = vectorMessage();
        for (std::size_t i = 0; i < message.size(); i += 7) {
            Bytes other = message;
            other[i] ^= 1;
            const auto checked = checkProof(each.prover, other, each.proof);
            ASSERT_FALSE(checked);
            EXPECT_EQ(checked.error().code, ErrorCode::ProofFailed);
            EXPECT_EQ(blame(checked.error().code), Blame::Unit);
        }
        for (std::size_t i = 0; i < each.proof.size(); i += 5) {
            Bytes other = each.proof;
            other[i] ^= 1;
            EXPECT_FALSE(checkProof(each.prover, message, other));
        }
        EXPECT_FALSE(checkProof(each.prover, message, {}));
        EXPECT_FALSE(checkProof(each.prover, message, BytesView{each.proof}.first(each.proof.size() - 1)));
    }
}

TEST(Proof, AProofOfOneKindIsNoneOfAnother) {
    EXPECT_FALSE(checkProof(sasProver(), vectorMessage(), *fromBase64(kEcSignature)));
    EXPECT_FALSE(checkProof(leafProver(kEcLeaf), vectorMessage(), *fromBase64(kRsaSignature)));
    EXPECT_FALSE(checkProof(leafProver(kRsaLeaf), vectorMessage(), hex(kHmacHex)));
}

TEST(Proof, ALeafThatIsCutOrLengthenedAnywhereNeverVerifies) {
    const Bytes leaf = *fromBase64(kEcLeaf);
    for (std::size_t size = 0; size < leaf.size(); ++size) {
        Prover prover;
        prover.leaf.assign(leaf.begin(), leaf.begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_FALSE(checkProof(prover, vectorMessage(), *fromBase64(kEcSignature))) << size;
    }
    Prover prover;
    prover.leaf = leaf;
    prover.leaf[0] = 0x31;
    EXPECT_FALSE(checkProof(prover, vectorMessage(), *fromBase64(kEcSignature)));
}

TEST(Proof, ALeafThatDoesNotParseIsTheStationsFault) {
    Prover prover;
    prover.leaf = Bytes{0x30, 0x03, 1, 2, 3};
    const auto checked = checkProof(prover, vectorMessage(), hex(kHmacHex));
    ASSERT_FALSE(checked);
    EXPECT_NE(blame(checked.error().code), Blame::Unit);
}

}  // namespace
}  // namespace keystamp
