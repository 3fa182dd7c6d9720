// SPDX-License-Identifier: Apache-2.0
// Whatever a link does at whichever byte of a whole job, with every driver: the job ends, says no more than is true, and the board
// takes the next one.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <limits>
#include <mutex>
#include <thread>

#include "tests/flashing/board_process.h"
#include "tests/flashing/gateway.h"
#include "tests/support/crypto.h"
#include "tests/support/faulty_link.h"

namespace keystamp {
namespace {

using flashing::Board;
using test::BoardProcess;
using test::LinkFault;

constexpr std::size_t kAtOnce = 32;
constexpr std::chrono::seconds kStep{20};
constexpr std::array kFaults{LinkFault::Drop,  LinkFault::Corrupt, LinkFault::Duplicate, LinkFault::Delay,
                             LinkFault::Flood, LinkFault::Unplug,  LinkFault::Throttle,  LinkFault::Drip};

/// Nothing is lost: the job takes longer, and passes.
bool isHarmless(LinkFault fault) { return fault == LinkFault::Throttle || fault == LinkFault::Drip; }

Deadline step() { return Deadline::in(kStep); }

struct Case {
    std::string name;
    std::string driver;
    Mode mode;
    flashing::DriverOptions options;
    bool keyOnBoard = false;
    std::size_t places = 40;  ///< of each fault, unless all are asked for
};

/// A whole job as a station does it; what the board was shown to hold.
Result<Digest> job(Board& board, const Case& what, const DeviceId& id) {
    const auto info = board.info(step());
    if (!info) return info.error();
    if (auto begun = board.begin(what.mode, id, "0ne00TEST01", step()); !begun) return begun.error();
    const auto csr = what.keyOnBoard ? board.makeKey(step()) : Result<Bytes>{Bytes{}};
    if (!csr) return csr.error();
    flashing::Credential credential = what.mode == Mode::Sas ? test::sasCredential(id)
                                      : what.keyOnBoard      ? test::x509Credential(id, test::publicKeyOfCsr(*csr))
                                                             : test::x509CredentialWithKey(id);
    if (auto written = board.write(credential, step()); !written) return written.error();
    const Digest digest = flashing::credentialDigest(credential);
    if (info->proves) {
        const Bytes nonce = randomBytes(32);
        const auto proof = board.prove(nonce, step());
        if (!proof) return proof.error();
        const Bytes message = flashing::proofMessage(nonce, info->uid, id, "0ne00TEST01", digest);
        if (auto good = flashing::checkProof(test::proverOf(credential), message, *proof); !good) return good.error();
    }
    const auto held = board.info(step());
    if (!held) return held.error();
    if (held->uid != info->uid) return Error{ErrorCode::WrongUid, {}};
    if (held->credential != digest) return Error{ErrorCode::ProofFailed, {}};
    return digest;
}

class EveryByte : public testing::TestWithParam<Case> {
protected:
    EveryByte() : m_boards({"--driver", GetParam().driver, "--fixtures", std::to_string(kAtOnce)}) {}

    std::unique_ptr<Board> open(std::size_t fixture, LinkFault fault, std::size_t at, std::size_t* passed = nullptr) {
        auto link = flashing::openLink(m_boards.link(fixture), step());
        if (!link) return nullptr;
        auto board = flashing::openBoard(GetParam().driver, test::faulty(*std::move(link), fault, at, passed), GetParam().options);
        return board ? *std::move(board) : nullptr;
    }

    std::unique_ptr<Board> openGood(std::size_t fixture, std::size_t* passed = nullptr) {
        return open(fixture, LinkFault::Drop, std::numeric_limits<std::size_t>::max(), passed);
    }

    /// What is wrong with what came of a job; empty where nothing is.
    std::string strikeJob(std::size_t fixture, LinkFault fault, std::size_t at) {
        const auto begun = std::chrono::steady_clock::now();
        const auto board = open(fixture, fault, at);
        if (!board) return "the link does not open";
        const auto struck = job(*board, GetParam(), m_id);
        if (std::chrono::steady_clock::now() - begun > 8 * kStep) return "it hung";
        const auto after = openGood(fixture);
        const auto held = after->info(step());
        if (!held) return "the board does not answer any more: " + describe(held.error());
        if (!struck && isHarmless(fault)) return "the job fails: " + describe(struck.error());
        if (struck && shownBy(*held, fixture) != *struck) return "it was told to hold what it does not";
        if (!struck && blame(struck.error().code) != Blame::Station) return "the board, which is good, is blamed: " + describe(struck.error());
        const auto next = job(*openGood(fixture), GetParam(), m_id);
        return next ? "" : "the next job fails: " + describe(next.error());
    }

    /// What the board holds, whoever asks: where it shows nothing, what its application finds.
    std::optional<Digest> shownBy(const flashing::BoardInfo& held, std::size_t fixture) {
        if (GetParam().driver != "az3166") return held.credential;
        const std::string said = applicationOf(m_boards.link(fixture));
        const auto at = said.find("credential ");
        const auto bytes = fromHex(at == std::string::npos ? "" : said.substr(at + 11, 64));
        Digest digest{};
        if (!bytes || bytes->size() != digest.size()) return {};
        std::copy(bytes->begin(), bytes->end(), digest.begin());
        return digest;
    }
    static std::string applicationOf(const std::string& address) {
        auto link = flashing::openLink(address, step());
        if (!link || !(*link)->write(asBytes("\rexit\r"), step())) return "";
        std::string said;
        std::array<std::uint8_t, 256> some{};
        while (said.find("app: ") == std::string::npos || !said.ends_with("# ")) {
            const auto got = (*link)->read(some, step());
            if (!got) return "";
            said.append(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(*got));
        }
        return said;
    }

    /// The same of reading what a board holds that another driver has written to.
    std::string strikeReading(std::size_t fixture, LinkFault fault, std::size_t at) {
        const auto holds = openGood(fixture)->info(step());
        if (!holds || (!holds->credential && GetParam().driver != "az3166")) return "there is nothing to read";
        const auto read = open(fixture, fault, at)->info(step());
        if (!read && isHarmless(fault)) return "it fails: " + describe(read.error());
        if (!read) return blame(read.error().code) == Blame::Station ? "" : "the board, which is good, is blamed: " + describe(read.error());
        return read->credential == holds->credential && read->uid == holds->uid ? "" : "it was read as something else, " + read->deviceId;
    }

    /// Some places of each fault over so many bytes, at another offset each, unless all are asked for; on all fixtures at once.
    template <typename Strike>
    void strikeAll(std::size_t bytes, Strike strike) {
        const std::size_t stride = std::getenv("KEYSTAMP_FULL") != nullptr ? 1 : std::max<std::size_t>(bytes / GetParam().places, 1);
        std::vector<std::pair<LinkFault, std::size_t>> strikes;
        for (std::size_t i = 0; i < kFaults.size(); ++i) {
            for (std::size_t at = i * stride / kFaults.size(); at < bytes; at += stride) strikes.emplace_back(kFaults[i], at);
        }
        std::atomic<std::size_t> next = 0;
        std::mutex mutex;
        std::vector<std::string> wrong;
        std::vector<std::jthread> threads;
        for (std::size_t fixture = 0; fixture < kAtOnce; ++fixture) {
            threads.emplace_back([&, fixture] {
                for (std::size_t n = next++; n < strikes.size(); n = next++) {
                    const auto& [fault, at] = strikes[n];
                    const std::string what = strike(fixture, fault, at);
                    if (what.empty()) continue;
                    const std::lock_guard lock{mutex};
                    wrong.push_back(nameOf(fault) + " at byte " + std::to_string(at) + ": " + what);
                }
            });
        }
        threads.clear();
        for (const std::string& each : wrong) ADD_FAILURE() << each;
        std::printf("%zu faults over %zu bytes\n", strikes.size(), bytes);
    }

    const DeviceId m_id = *DeviceId::parse("acme-1");
    BoardProcess m_boards;
};

TEST_P(EveryByte, OfAJobEndsTrueAndTheBoardTakesTheNextJob) {
    std::size_t bytes = 0;
    const auto done = job(*openGood(0, &bytes), GetParam(), m_id);
    ASSERT_TRUE(done) << describe(done.error());
    ASSERT_GT(bytes, 500U);
    strikeAll(bytes, [this](std::size_t fixture, LinkFault fault, std::size_t at) { return strikeJob(fixture, fault, at); });
}

TEST_P(EveryByte, OfAReadingLeavesItTrueOrNone) {
    {
        std::vector<std::jthread> threads;
        for (std::size_t fixture = 0; fixture < kAtOnce; ++fixture) threads.emplace_back([this, fixture] { EXPECT_TRUE(job(*openGood(fixture), GetParam(), m_id)); });
    }
    std::size_t bytes = 0;
    ASSERT_TRUE(openGood(0, &bytes)->info(step()));
    strikeAll(bytes, [this](std::size_t fixture, LinkFault fault, std::size_t at) { return strikeReading(fixture, fault, at); });
}

INSTANTIATE_TEST_SUITE_P(Driver, EveryByte,
                         testing::Values(Case{"agent_sas", "agent", Mode::Sas, {}}, Case{"agent_x509", "agent", Mode::X509, {}},
                                         Case{"esp32_sas", "esp32", Mode::Sas, {}}, Case{"esp32c3_x509", "esp32c3", Mode::X509, {}},
                                         Case{"esp32c6_secure_cert", "esp32c6", Mode::X509, {{"store", "esp_secure_cert"}}},
                                         Case{"az3166", "az3166", Mode::Sas, {}}, Case{"wio_terminal", "wio-terminal", Mode::Sas, {}},
                                         Case{"nrf91", "nrf91", Mode::X509, {}, true}, Case{"nrf91_station_key", "nrf91", Mode::X509, {}},
                                         Case{"zephyr_sas", "zephyr-cred", Mode::Sas, {}}, Case{"zephyr_x509", "zephyr-cred", Mode::X509, {}},
                                         Case{"linux_sas", "linux", Mode::Sas, test::gatewayOptions(), false, 4},
                                         Case{"linux_x509", "linux", Mode::X509, test::gatewayOptions(), false, 4},
                                         Case{"stm32_x509", "stm32", Mode::X509, {{"page", "0x0801F800"}}}),
                         [](const auto& each) { return each.param.name; });

}  // namespace
}  // namespace keystamp
