// SPDX-License-Identifier: Apache-2.0
// The Merkle tree of RFC 6962 (section 2.1) over audit rows: journal and signer both hold checkpoints against it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/bytes.h"

namespace keystamp {

/// Hash of a leaf: SHA-256(0x00 ‖ row).
Digest merkleLeaf(BytesView row);

/// A tree that only grows and keeps O(log n) hashes: one a complete subtree. Appending n leaves costs O(n).
class MerkleFrontier {
public:
    void append(const Digest& leaf);
    std::uint64_t size() const { return m_size; }
    /// SHA-256 of nothing for the empty tree.
    Digest root() const;
    /// The complete subtrees, largest first, and back again: all that must be kept to grow the tree. fromPeaks gives
    /// nothing where their number does not fit the size.
    const std::vector<Digest>& peaks() const { return m_peaks; }
    static std::optional<MerkleFrontier> fromPeaks(std::uint64_t size, std::vector<Digest> peaks);

private:
    std::uint64_t m_size = 0;
    std::vector<Digest> m_peaks;
};

/// A proof from leaves that come one by one, in order.
class ProofBuilder {
public:
    /// That the tree of `newSize` extends the one of `oldSize` (RFC 6962 section 2.1.2).
    ProofBuilder(std::uint64_t oldSize, std::uint64_t newSize);
    /// That leaf `index`, from 0, is in the tree of `size`: its audit path (RFC 6962 section 2.1.1).
    static ProofBuilder inclusion(std::uint64_t index, std::uint64_t size);
    void append(const Digest& leaf);
    std::vector<Digest> proof() const;

private:
    ProofBuilder() = default;
    struct Part {
        std::uint64_t begin = 0, end = 0;
        MerkleFrontier tree{};
    };
    void split(std::uint64_t begin, std::uint64_t end, std::uint64_t oldSize, bool whole);

    std::vector<Part> m_parts;  // in the proof's order
    std::uint64_t m_seen = 0;
};

/// Consistency proof (RFC 6962 section 2.1.2) that the first `oldSize` of `leaves` are a prefix of all of them.
std::vector<Digest> consistencyProof(const std::vector<Digest>& leaves, std::uint64_t oldSize);
/// Whether `proof` shows that the tree (newSize, newRoot) extends (oldSize, oldRoot). Any tree extends the empty one.
bool isExtension(std::uint64_t oldSize, const Digest& oldRoot, std::uint64_t newSize, const Digest& newRoot,
                 const std::vector<Digest>& proof);
/// Whether `path` shows that `leaf` is number `index`, from 0, in the tree (size, root).
bool isIncluded(const Digest& leaf, std::uint64_t index, std::uint64_t size, const Digest& root, const std::vector<Digest>& path);

}  // namespace keystamp
