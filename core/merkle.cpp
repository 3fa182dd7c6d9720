// SPDX-License-Identifier: Apache-2.0
#include "core/merkle.h"

#include <algorithm>
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

ProofBuilder::ProofBuilder(std::uint64_t oldSize, std::uint64_t newSize) {
    if (oldSize > 0 && oldSize < newSize) split(0, newSize, oldSize, true);
}

// PATH(m, D[n]): the other half at each level, from the leaf upwards
ProofBuilder ProofBuilder::inclusion(std::uint64_t index, std::uint64_t size) {
    ProofBuilder builder;
    for (std::uint64_t begin = 0, end = size; index < size && end - begin > 1;) {
        const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
        if (index < middle) {
            builder.m_parts.push_back({middle, end});
            end = middle;
        } else {
            builder.m_parts.push_back({begin, middle});
            begin = middle;
        }
    }
    std::reverse(builder.m_parts.begin(), builder.m_parts.end());
    return builder;
}

// SUBPROOF(m, D[begin:end], b)
void ProofBuilder::split(std::uint64_t begin, std::uint64_t end, std::uint64_t oldSize, bool whole) {
    const std::uint64_t size = end - begin;
    if (oldSize == size) {
        if (!whole) m_parts.push_back({begin, end});
        return;
    }
    const std::uint64_t half = std::bit_floor(size - 1);
    if (oldSize <= half) {
        split(begin, begin + half, oldSize, whole);
        m_parts.push_back({begin + half, end});
    } else {
        split(begin + half, end, oldSize - half, false);
        m_parts.push_back({begin, begin + half});
    }
}

void ProofBuilder::append(const Digest& leaf) {
    for (Part& part : m_parts) {
        if (m_seen >= part.begin && m_seen < part.end) part.tree.append(leaf);
    }
    ++m_seen;
}

std::vector<Digest> ProofBuilder::proof() const {
    std::vector<Digest> hashes;
    for (const Part& part : m_parts) hashes.push_back(part.tree.root());
    return hashes;
}

std::vector<Digest> consistencyProof(const std::vector<Digest>& leaves, std::uint64_t oldSize) {
    ProofBuilder builder{oldSize, leaves.size()};
    for (const Digest& leaf : leaves) builder.append(leaf);
    return builder.proof();
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

// RFC 9162 section 2.1.3.2
bool isIncluded(const Digest& leaf, std::uint64_t index, std::uint64_t size, const Digest& root, const std::vector<Digest>& path) {
    if (index >= size) return false;
    std::uint64_t fn = index;
    std::uint64_t sn = size - 1;
    Digest r = leaf;
    for (const Digest& p : path) {
        if (sn == 0) return false;
        if ((fn & 1) != 0 || fn == sn) {
            r = node(p, r);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            r = node(r, p);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && r == root;
}

}  // namespace keystamp
