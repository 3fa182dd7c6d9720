// SPDX-License-Identifier: Apache-2.0
#include "core/merkle.h"

#include <bit>

namespace keystamp {
namespace {

Digest node(const Digest& left, const Digest& right) {
    std::array<std::uint8_t, 65> joined{};
    joined[0] = 0x01;
    std::copy(left.begin(), left.end(), joined.begin() + 1);
    std::copy(right.begin(), right.end(), joined.begin() + 33);
    return sha256(BytesView{joined});
}

using Leaves = std::span<const Digest>;

Digest rootOf(Leaves leaves) {
    MerkleFrontier tree;
    for (const Digest& leaf : leaves) tree.append(leaf);
    return tree.root();
}

// SUBPROOF(m, D[n], b)
void subproof(Leaves leaves, std::uint64_t oldSize, bool whole, std::vector<Digest>& proof) {
    const std::uint64_t size = leaves.size();
    if (oldSize == size) {
        if (!whole) proof.push_back(rootOf(leaves));
        return;
    }
    const std::uint64_t split = std::bit_floor(size - 1);  // the largest power of two below size
    if (oldSize <= split) {
        subproof(leaves.first(split), oldSize, whole, proof);
        proof.push_back(rootOf(leaves.subspan(split)));
    } else {
        subproof(leaves.subspan(split), oldSize - split, false, proof);
        proof.push_back(rootOf(leaves.first(split)));
    }
}

}  // namespace

Digest merkleLeaf(BytesView row) {
    Bytes tagged(1 + row.size(), 0x00);
    std::copy(row.begin(), row.end(), tagged.begin() + 1);
    return sha256(BytesView{tagged});
}

void MerkleFrontier::append(const Digest& leaf) {
    Digest carried = leaf;
    for (std::uint64_t ones = m_size; (ones & 1) != 0; ones >>= 1) {
        carried = node(m_peaks.back(), carried);
        m_peaks.pop_back();
    }
    m_peaks.push_back(carried);
    ++m_size;
}

Digest MerkleFrontier::root() const {
    if (m_peaks.empty()) return sha256(BytesView{});
    Digest right = m_peaks.back();
    for (auto peak = m_peaks.rbegin() + 1; peak != m_peaks.rend(); ++peak) right = node(*peak, right);
    return right;
}

std::optional<MerkleFrontier> MerkleFrontier::fromPeaks(std::uint64_t size, std::vector<Digest> peaks) {
    if (static_cast<std::size_t>(std::popcount(size)) != peaks.size()) return std::nullopt;
    MerkleFrontier tree;
    tree.m_size = size;
    tree.m_peaks = std::move(peaks);
    return tree;
}

std::vector<Digest> consistencyProof(const std::vector<Digest>& leaves, std::uint64_t oldSize) {
    std::vector<Digest> proof;
    if (oldSize > 0 && oldSize < leaves.size()) subproof(leaves, oldSize, true, proof);
    return proof;
}

// RFC 9162 section 2.1.4.2, the same tree as RFC 6962
bool isExtension(std::uint64_t oldSize, const Digest& oldRoot, std::uint64_t newSize, const Digest& newRoot,
                 const std::vector<Digest>& proof) {
    if (oldSize == 0) return proof.empty() && (newSize != 0 || newRoot == oldRoot);
    if (oldSize == newSize) return proof.empty() && oldRoot == newRoot;
    if (oldSize > newSize || proof.empty()) return false;

    std::uint64_t fn = oldSize - 1;
    std::uint64_t sn = newSize - 1;
    while ((fn & 1) != 0) {
        fn >>= 1;
        sn >>= 1;
    }
    auto next = proof.begin();
    Digest fr = std::has_single_bit(oldSize) ? oldRoot : *next++;
    Digest sr = fr;
    for (; next != proof.end(); ++next) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            fr = node(*next, fr);
            sr = node(*next, sr);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sr = node(sr, *next);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return fr == oldRoot && sr == newRoot && sn == 0;
}

}  // namespace keystamp
