// SPDX-License-Identifier: Apache-2.0
#include "tests/support/power_cut.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <random>

#include "core/file.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> environment(const std::string& live, const std::string& kept, unsigned at, Disk disk) {
    std::vector<std::string> words{std::string{"LD_PRELOAD="} + KEYSTAMP_POWER_CUT_SO, "KEYSTAMP_POWER_LIVE=" + live, "KEYSTAMP_POWER_KEPT=" + kept,
                                   "KEYSTAMP_POWER_CUT_AT=" + std::to_string(at)};
    if (disk == Disk::SyncsNothing) words.emplace_back("KEYSTAMP_POWER_SYNC=off");
    if (disk == Disk::DeleteFull) words.emplace_back("KEYSTAMP_POWER_PRAGMAS=delete");
    if (disk == Disk::WalNormal) words.emplace_back("KEYSTAMP_POWER_PRAGMAS=normal");
    return words;
}

std::vector<std::string> linesOf(int fd) {
    std::string text;
    char chunk[4096];
    for (ssize_t got = 0; (got = ::read(fd, chunk, sizeof chunk)) > 0;) text.append(chunk, static_cast<std::size_t>(got));
    std::vector<std::string> lines;
    for (std::size_t begin = 0, end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) lines.push_back(text.substr(begin, end - begin));
    return lines;
}

std::vector<std::string> runUntilCut(const std::string& program, const std::string& live, const std::vector<std::string>& settings) {
    int ends[2];
    EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    std::vector<char*> words{const_cast<char*>(program.c_str()), const_cast<char*>(live.c_str()), nullptr};
    std::vector<char*> variables;
    for (const auto& one : settings) variables.push_back(const_cast<char*>(one.c_str()));
    variables.push_back(nullptr);
    pid_t child = -1;
    EXPECT_EQ(::posix_spawn(&child, program.c_str(), &files, nullptr, words.data(), variables.data()), 0) << program;
    posix_spawn_file_actions_destroy(&files);
    ::close(ends[1]);
    auto said = linesOf(ends[0]);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << program << " ended by itself: " << status;
    return said;
}

// A disk writes what it holds in any order: sectors that were written and not synced may be there or not.
void mixIn(const std::string& live, const std::string& kept, std::mt19937_64& dice) {
    constexpr std::size_t kSector = 512;
    const auto newer = readFile(live);
    auto older = readFile(kept);
    if (!newer || !older) return;
    const std::size_t size = std::max(older->size(), newer->size() - (newer->size() > 0 ? dice() % newer->size() : 0));
    older->resize(size, '\0');
    for (std::size_t at = 0; at < std::min(size, newer->size()); at += kSector) {
        const std::size_t length = std::min({kSector, size - at, newer->size() - at});
        if (dice() % 2 == 0) std::copy_n(newer->begin() + static_cast<std::ptrdiff_t>(at), length, older->begin() + static_cast<std::ptrdiff_t>(at));
    }
    EXPECT_TRUE(writeFile(kept, *older));
}

}  // namespace

AfterCut cutPower(const std::string& program, const std::string& begin, const std::string& scratch, unsigned at, Disk disk, std::uint64_t seed) {
    const std::string live = scratch + "/live";
    const std::string kept = scratch + "/kept";
    for (const auto& folder : {live, kept}) {
        fs::remove_all(folder);
        fs::copy(begin, folder);
    }
    AfterCut after{runUntilCut(program, live, environment(live, kept, at, disk)), kept};
    fs::remove_all(kept + "/.content");
    std::mt19937_64 dice{seed};
    for (const auto& entry : fs::directory_iterator{kept}) {
        if (seed != 0) mixIn(live + "/" + entry.path().filename().string(), entry.path().string(), dice);
    }
    return after;
}

Cuts cutOften(const std::string& program, const std::string& begin, const std::string& scratch, int count, unsigned furthest, Disk disk,
              const CheckAfterCut& check) {
    Cuts cuts;
    std::mt19937_64 dice{static_cast<std::uint64_t>(count)};
    for (int n = 0; n < count && !testing::Test::HasFailure(); ++n) {
        const auto at = static_cast<unsigned>(1 + dice() % furthest);
        // every other time nothing but what was synced is there
        const std::uint64_t seed = n % 2 == 0 ? 0 : dice();
        const AfterCut after = cutPower(program, begin, scratch, at, disk, seed);
        ++cuts.done;
        cuts.acknowledged += after.said.size();
        if (const std::string lost = check(after); !lost.empty()) cuts.lost.push_back("sync " + std::to_string(at) + ", seed " + std::to_string(seed) + ": " + lost);
    }
    return cuts;
}

int howManyCuts() { return std::getenv("KEYSTAMP_FULL") != nullptr ? 500 : 24; }

}  // namespace keystamp::test
