// SPDX-License-Identifier: Apache-2.0
// What is signed of the audit log, and a batch's manifest.
#include <nlohmann/json.hpp>

#include "tests/hsm/contract.h"

namespace keystamp::test {
namespace {

TEST_P(SignerContract, ACheckpointIsSignedOnlyAsAnExtension) {
    std::vector<Digest> leaves;
    MerkleFrontier tree;
    const auto grow = [&](const std::string& row) {
        leaves.push_back(merkleLeaf(asBytes(row)));
        tree.append(leaves.back());
    };
    for (const char* row : {"a", "b", "c"}) grow(row);
    EXPECT_FALSE(*signer().lastCheckpoint());
    const TreeHead first{"line-1", 3, tree.root()};
    ASSERT_TRUE(signer().signCheckpoint(first, {}));
    EXPECT_TRUE(signer().signCheckpoint(first, {})) << "the same head is signed again";
    for (const char* row : {"d", "e"}) grow(row);
    const TreeHead second{"line-1", 5, tree.root()};
    EXPECT_EQ(codeOf(signer().signCheckpoint(second, {})), ErrorCode::RecordsAltered);
    auto proof = consistencyProof(leaves, 3);
    auto bent = proof;
    bent.front()[0] ^= 1;
    EXPECT_EQ(codeOf(signer().signCheckpoint(second, bent)), ErrorCode::RecordsAltered);
    EXPECT_EQ(codeOf(signer().signCheckpoint({"line-2", 5, tree.root()}, proof)), ErrorCode::RecordsAltered);
    const auto checkpoint = signer().signCheckpoint(second, proof);
    ASSERT_TRUE(checkpoint) << describe(checkpoint.error());
    EXPECT_FALSE(checkpoint->signature.empty());
    EXPECT_EQ(codeOf(signer().signCheckpoint(first, {})), ErrorCode::RecordsAltered) << "a shorter log";
    const auto last = signer().lastCheckpoint();
    ASSERT_TRUE(last && *last);
    EXPECT_EQ((*last)->head.size, 5u);
    EXPECT_EQ((*last)->head.root, tree.root());
}

TEST_P(SignerContract, ALogThatLostRowsIsSignedOnlyWhereItSaysSoAndASupervisorAgrees) {
    MerkleFrontier before;
    for (const char* row : {"a", "b", "c"}) before.append(merkleLeaf(asBytes(row)));
    const hsm::Authority by = authority();
    // the log after the loss: its second row admits it
    const auto logOf = [&](const std::string& line) {
        MerkleFrontier tree;
        tree.append(merkleLeaf(asBytes("a")));
        tree.append(merkleLeaf(asBytes(line)));
        return TreeHead{"line-1", 2, tree.root()};
    };
    const nlohmann::json honest{{"n", 2}, {"kind", "journal-reconcile"}, {"reason", "disk died"}, {"who", by.supervisor},
                                {"checkpoint", {{"size", 3}, {"root", toBase64(before.root())}}}};
    const auto ask = [&](const std::string& line, const hsm::Authority& who) {
        return signer().signSetBackLog(logOf(line), {line, 2, {merkleLeaf(asBytes("a"))}}, who);
    };
    EXPECT_EQ(codeOf(ask(honest.dump(), by)), ErrorCode::BadUsage) << "nothing was signed, nothing can be lost";
    ASSERT_TRUE(signer().signCheckpoint({"line-1", 3, before.root()}, {}));

    const auto without = [&](const char* key, const nlohmann::json& value) {
        auto row = honest;
        row[key] = value;
        return row.dump();
    };
    const nlohmann::json otherRoot{{"size", 3}, {"root", toBase64(sha256("x"))}};
    const nlohmann::json otherSize{{"size", 2}, {"root", toBase64(before.root())}};
    for (const std::string& line : {without("n", 1), without("kind", "void"), without("reason", " "), without("who", "somebody"),
                                    without("checkpoint", otherRoot), without("checkpoint", otherSize), std::string{"b"}}) {
        EXPECT_EQ(codeOf(ask(line, by)), ErrorCode::SignerRefused) << line;
    }
    const std::string line = honest.dump();
    const Digest a = merkleLeaf(asBytes("a"));
    EXPECT_EQ(codeOf(signer().signSetBackLog(logOf("b"), {line, 2, {a}}, by)), ErrorCode::SignerRefused) << "it does not stand in that log";
    EXPECT_EQ(codeOf(signer().signSetBackLog(logOf(line), {line, 1, {a}}, by)), ErrorCode::SignerRefused);
    TreeHead elsewhere = logOf(line);
    elsewhere.origin = "line-2";
    EXPECT_EQ(codeOf(signer().signSetBackLog(elsewhere, {line, 2, {a}}, by)), ErrorCode::RecordsAltered);
    EXPECT_EQ(codeOf(ask(line, {by.supervisor, Secret::copyOf("not the passphrase")})), ErrorCode::PassphraseWrong);
    EXPECT_EQ((*signer().lastCheckpoint())->head.size, 3u) << "nothing of this was signed";

    ASSERT_TRUE(ask(line, by));
    EXPECT_EQ((*signer().lastCheckpoint())->head.size, 2u);
    EXPECT_EQ(codeOf(ask(line, by)), ErrorCode::SignerRefused) << "the last checkpoint is another one now";
    EXPECT_EQ(codeOf(signer().signCheckpoint({"line-1", 3, before.root()}, {})), ErrorCode::RecordsAltered) << "the log that was given up";
}

TEST_P(SignerContract, AManifestIsSignedOnlyWhereItNamesTheLastCheckpoint) {
    grant(Mode::X509);
    nlohmann::json manifest{{"format", 1}, {"batch", "b1"}, {"files", {{"units.csv", std::string(64, 'a')}}}};
    MerkleFrontier tree;
    tree.append(merkleLeaf(asBytes("a")));
    manifest["checkpoint"] = {{"origin", "line-1"}, {"size", 1}, {"root", toBase64(tree.root())}};
    EXPECT_FALSE(signer().signManifest(manifest.dump())) << "nothing was signed yet";
    ASSERT_TRUE(signer().signCheckpoint({"line-1", 1, tree.root()}, {}));
    const auto signature = signer().signManifest(manifest.dump());
    ASSERT_TRUE(signature) << describe(signature.error());
    EXPECT_FALSE(signature->empty());
    for (const char* text : {"", "not a manifest", "[1]", "{\"format\":1}"}) EXPECT_FALSE(signer().signManifest(text)) << text;
    auto other = manifest;
    other["checkpoint"]["size"] = 2;
    EXPECT_FALSE(signer().signManifest(other.dump()));
    other = manifest;
    other["format"] = 2;
    EXPECT_FALSE(signer().signManifest(other.dump()));
    other = manifest;
    other["batch"] = "b2";
    EXPECT_EQ(codeOf(signer().signManifest(other.dump())), ErrorCode::NotGranted);
}

}  // namespace
}  // namespace keystamp::test
