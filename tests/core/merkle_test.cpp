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
