// SPDX-License-Identifier: Apache-2.0
#include "core/merkle.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

// The eight leaves and their roots that Certificate Transparency implementations share as test vectors.
const std::vector<std::string> kLeaves{"", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                                       "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> kRoots{
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Digest> leaves(std::size_t count) {
    std::vector<Digest> hashes;
    for (std::size_t i = 0; i < count; ++i) hashes.push_back(merkleLeaf(BytesView{*fromHex(kLeaves[i % 8])}));
    return hashes;
}

Digest rootOf(const std::vector<Digest>& hashes) {
    MerkleFrontier tree;
    for (const Digest& hash : hashes) tree.append(hash);
    return tree.root();
}

TEST(Merkle, RootsAreThoseOfThePublishedVectors) {
    for (std::size_t n = 1; n <= 8; ++n) EXPECT_EQ(toHex(rootOf(leaves(n))), kRoots[n - 1]) << n;
}

TEST(Merkle, EmptyTreeHashesNothing) {
    EXPECT_EQ(toHex(MerkleFrontier{}.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Merkle, EveryPrefixIsProvenAndNoOtherTreeIs) {
    for (std::size_t newSize = 1; newSize <= 33; ++newSize) {
        const auto all = leaves(newSize);
        for (std::size_t oldSize = 1; oldSize <= newSize; ++oldSize) {
            const auto oldRoot = rootOf(leaves(oldSize));
            auto proof = consistencyProof(all, oldSize);
            EXPECT_TRUE(isExtension(oldSize, oldRoot, newSize, rootOf(all), proof)) << oldSize << " of " << newSize;
            auto altered = oldRoot;
            altered[0] ^= 1;
            EXPECT_FALSE(isExtension(oldSize, altered, newSize, rootOf(all), proof)) << oldSize << " of " << newSize;
            auto other = all;
            other.back()[0] ^= 1;
            EXPECT_FALSE(isExtension(oldSize, oldRoot, newSize, rootOf(other), proof)) << oldSize << " of " << newSize;
            proof.push_back(oldRoot);
            EXPECT_FALSE(isExtension(oldSize, oldRoot, newSize, rootOf(all), proof)) << oldSize << " of " << newSize;
        }
    }
}

// As certificate-transparency-go has them for these leaves.
TEST(Merkle, PathsAreThoseOfThePublishedVectors) {
    const auto path = [](std::uint64_t index, std::size_t size) {
        auto builder = ProofBuilder::inclusion(index, size);
        for (const Digest& leaf : leaves(size)) builder.append(leaf);
        std::vector<std::string> hex;
        for (const Digest& hash : builder.proof()) hex.push_back(toHex(hash));
        return hex;
    };
    EXPECT_EQ(path(0, 1), std::vector<std::string>{});
    EXPECT_EQ(path(0, 8), (std::vector<std::string>{"96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                                                    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                                                    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"}));
    EXPECT_EQ(path(5, 8), (std::vector<std::string>{"bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                                                    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                                                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"}));
    EXPECT_EQ(path(2, 3), std::vector<std::string>{"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"});
}

TEST(Merkle, EveryLeafIsInItsPlaceAndInNoOther) {
    for (std::size_t size = 1; size <= 33; ++size) {
        std::vector<Digest> all = leaves(size);
        all.front()[0] ^= 1;  // unlike the ninth
        const Digest root = rootOf(all);
        for (std::size_t index = 0; index < size; ++index) {
            auto builder = ProofBuilder::inclusion(index, size);
            for (const Digest& leaf : all) builder.append(leaf);
            auto path = builder.proof();
            EXPECT_TRUE(isIncluded(all[index], index, size, root, path)) << index << " of " << size;
            auto other = all[index];
            other[31] ^= 1;
            EXPECT_FALSE(isIncluded(other, index, size, root, path)) << index << " of " << size;
            EXPECT_FALSE(isIncluded(all[index], index ^ 1, size, root, path)) << index << " of " << size;
            EXPECT_FALSE(isIncluded(all[index], index, size, rootOf(leaves(size)), path)) << index << " of " << size;
            path.push_back(root);
            EXPECT_FALSE(isIncluded(all[index], index, size, root, path)) << index << " of " << size;
        }
    }
}

TEST(Merkle, AShorterTreeIsNoExtension) {
    EXPECT_FALSE(isExtension(5, rootOf(leaves(5)), 4, rootOf(leaves(4)), {}));
}

TEST(Merkle, FrontierGrowsOnFromItsPeaks) {
    MerkleFrontier tree;
    for (const Digest& leaf : leaves(6)) tree.append(leaf);
    auto again = MerkleFrontier::fromPeaks(6, tree.peaks());
    ASSERT_TRUE(again);
    again->append(leaves(7).back());
    EXPECT_EQ(again->root(), rootOf(leaves(7)));
    EXPECT_FALSE(MerkleFrontier::fromPeaks(7, tree.peaks()));
}

}  // namespace
}  // namespace keystamp
