// SPDX-License-Identifier: Apache-2.0
// Cuts the power under a program at a chosen sync and gives what the disk holds then (see power_cut_shim.cpp).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace keystamp::test {

enum class Disk {
    AsConfigured,  ///< the program's own pragmas
    SyncsNothing,
    DeleteFull,    ///< SQLite with journal_mode=DELETE, synchronous=FULL
    WalNormal,
};

struct AfterCut {
    std::vector<std::string> said;  ///< lines that the program had written before the cut
    std::string folder;             ///< what the disk holds
};

/// Runs `program folder` on a copy of `begin` until its `at`th sync; of what was not synced a part chosen by `seed` is on the disk, too
/// (nothing, where it is 0). Everything lies below `scratch`, and goes with the next cut.
AfterCut cutPower(const std::string& program, const std::string& begin, const std::string& scratch, unsigned at, Disk disk, std::uint64_t seed);

struct Cuts {
    int done = 0;
    std::size_t acknowledged = 0;
    std::vector<std::string> lost;  ///< what was wrong after one, a line each
};
/// `check` says what is lost of what was said; empty for nothing.
using CheckAfterCut = std::function<std::string(const AfterCut& after)>;
/// `count` cuts at syncs 1 to `furthest`, at random.
Cuts cutOften(const std::string& program, const std::string& begin, const std::string& scratch, int count, unsigned furthest, Disk disk,
              const CheckAfterCut& check);

/// 500 with KEYSTAMP_FULL in the environment, else a few.
int howManyCuts();

}  // namespace keystamp::test
