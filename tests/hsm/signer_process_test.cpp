// SPDX-License-Identifier: Apache-2.0
// The real signer as processes: what dies, hangs or races, and what must hold then.
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <thread>

#include "core/file.h"
#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

hsm::LeafIntent reserved(hsm::Signer& signer, const std::string& id, const std::string& job = "job") {
    auto serial = signer.reserve("b1", deviceId(id), job);
    EXPECT_TRUE(serial) << describe(serial.error());
    return {"b1", job, deviceId(id), serial ? *serial : Bytes{}, newCsr(newKey(), id)};
}

std::uint64_t caSignatures(const StationFolder& folder) {
    std::uint64_t count = 0;
    for (const auto& call : folder.token().calls("C_Sign")) count += call.at("key") == "01" ? 1u : 0u;
    return count;
}

// Each worker tests its keys; the ledger knows of that before it happens.
std::uint64_t selfTests(const StationFolder& folder) {
    return std::stoull(folder.ledger("select count(*) from signature where purpose = 'self-test' and slot = 'primary'").front());
}

TEST(SignerProcess, AChildLeavesWhenItsClientsHaveLeft) {
    const StationFolder folder;
    auto first = folder.connect();
    auto second = folder.connect();
    EXPECT_EQ(folder.processes().size(), 2u);
    first.reset();
    std::this_thread::sleep_for(std::chrono::milliseconds{1500});
    EXPECT_EQ(folder.processes().size(), 2u) << "one client is still there";
    EXPECT_TRUE(second->status());
    second.reset();
    EXPECT_TRUE(folder.deserted());
    EXPECT_FALSE(std::filesystem::exists(folder.address().socket));
}

TEST(SignerProcess, ManyClientsThatStartAtOnceShareOneSigner) {
    const StationFolder folder;
    std::vector<std::unique_ptr<hsm::Signer>> signers(6);
    std::vector<std::thread> threads;
    for (auto& signer : signers) threads.emplace_back([&] { signer = folder.connect(); });
    for (auto& thread : threads) thread.join();
    std::set<std::int64_t> workers;
    for (auto& signer : signers) workers.insert(signer->status()->worker);
    EXPECT_EQ(workers.size(), 1u);
    EXPECT_EQ(folder.processes().size(), 2u);
}

TEST(SignerProcess, AClientThatFindsNoneAndMayNotStartOneSaysSo) {
    const StationFolder folder;
    auto address = folder.address();
    address.startChild = false;
    const auto signer = hsm::connect(address);
    ASSERT_FALSE(signer);
    EXPECT_EQ(signer.error().code, ErrorCode::SignerUnavailable);
}

TEST(SignerProcess, AChildThatCannotStartTellsWhy) {
    const StationFolder folder;
    auto address = folder.address();
    address.configFile = folder.token().path() + "/broken.toml";
    ASSERT_TRUE(writeFile(address.configFile, "[station]\nname = 1\n"));
    const auto signer = hsm::connect(address);
    ASSERT_FALSE(signer);
    EXPECT_EQ(signer.error().code, ErrorCode::BadConfig);
    EXPECT_NE(signer.error().detail.find("broken.toml"), std::string::npos);
}

TEST(SignerProcess, AProfileThatMakesIllegalLeavesKeepsItFromStarting) {
    const StationFolder folder;
    auto address = folder.address();
    address.configFile = folder.token().path() + "/profiled.toml";
    const auto station = readFile(folder.token().configFile());
    ASSERT_TRUE(station && writeFile(address.configFile, *station + "[profile]\nfile = \"leaf.toml\"\n"));
    ASSERT_TRUE(writeFile(folder.token().path() + "/leaf.toml", "validity_days = 365\neku = [\"serverAuth\"]\n"));
    const auto refused = hsm::connect(address);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::BadConfig);
    EXPECT_NE(refused.error().detail.find("leaf.toml:2: eku: must hold \"clientAuth\""), std::string::npos) << refused.error().detail;
    ASSERT_TRUE(writeFile(folder.token().path() + "/leaf.toml", "validity_days = 365\nbackdate_hours = 2\norganisation = \"Acme\"\n"
                                                                "eku = [\"clientAuth\", \"serverAuth\"]\nkey = [\"P-256\", \"RSA-4096\"]\n"));
    {
        const auto signer = hsm::connect(address);
        ASSERT_TRUE(signer) << describe(signer.error());
        const auto profile = (*signer)->status()->profile;
        EXPECT_EQ(profile.validity, std::chrono::days{365});
        EXPECT_EQ(profile.backdate, std::chrono::hours{2});
        EXPECT_EQ(profile.organisation, "Acme");
        EXPECT_EQ(profile.purposes, (std::vector<std::string>{"clientAuth", "serverAuth"}));
        EXPECT_EQ(profile.keys, (std::vector<std::string>{"P-256", "RSA-4096"}));
    }
    EXPECT_TRUE(eventually([&] { return !std::filesystem::exists(address.socket); })) << "it leaves with its client";
}

TEST(SignerProcess, ASecondSignerOfTheSameFolderIsRefused) {
    const StationFolder folder;
    const auto signer = folder.connect();
    const std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "keystamp-signer";
    const int status = std::system(("'" + program + "' --config '" + folder.token().configFile() + "' 2>/dev/null").c_str());
    EXPECT_EQ(WEXITSTATUS(status), 3);
    EXPECT_TRUE(signer->status());
}

TEST(SignerProcess, AKilledWorkerIsReplacedWithinACall) {
    const StationFolder folder;
    const auto signer = folder.connect();
    const auto before = signer->status();
    ASSERT_TRUE(before);
    folder.kill("worker", SIGKILL);
    const auto after = signer->status();
    ASSERT_TRUE(after) << describe(after.error());
    EXPECT_TRUE(eventually([&] { return signer->status()->loggedIn; })) << "the PIN was given to the new worker";
    EXPECT_NE(before->worker, signer->status()->worker);
    EXPECT_GT(signer->status()->workerStarts, before->workerStarts);
}

TEST(SignerProcess, AKilledSupervisorTakesItsWorkerAlongAndTheNextCallStartsAnother) {
    const StationFolder folder;
    const auto signer = folder.connect();
    ASSERT_TRUE(signer->openGrant(grantOf("b1", Mode::X509), folder.authority()));
    const auto before = folder.processes();
    folder.kill("signer", SIGKILL);
    ASSERT_TRUE(folder.deserted()) << "the worker stays";  // and answers, until it does not
    const auto serial = signer->reserve("b1", deviceId("b1-0001"), "job");
    ASSERT_TRUE(serial) << describe(serial.error());
    const auto after = folder.processes();
    ASSERT_EQ(after.size(), 2u);
    EXPECT_NE(before.at("signer"), after.at("signer"));
    EXPECT_NE(before.at("worker"), after.at("worker"));
}

TEST(SignerProcess, AnIdleClientKeepsItsSignerThroughAWorkersDeath) {
    const StationFolder folder;
    const auto signer = folder.connect();
    const pid_t supervisor = folder.processes().at("signer");
    folder.kill("worker", SIGKILL);
    // no call meanwhile: nothing reconnects
    std::this_thread::sleep_for(std::chrono::milliseconds{2500});
    const auto now = folder.processes();
    ASSERT_TRUE(now.contains("signer"));
    EXPECT_EQ(now.at("signer"), supervisor);
    EXPECT_TRUE(signer->status());
}

TEST(SignerProcess, AStoppedWorkerIsKilledAndReplaced) {
    const StationFolder folder;
    const auto signer = folder.connect();
    const auto before = signer->status();
    ASSERT_TRUE(before);
    folder.kill("worker", SIGSTOP);
    EXPECT_TRUE(eventually([&] {
        const auto status = signer->status();
        return status && status->worker != before->worker && status->loggedIn;
    }));
}

// Kills at every edge of reserve and issue: before each fsync and each message of the worker.
TEST(SignerProcess, AWorkerKilledAtAnyEdgeSignsNothingTwice) {
    const std::string probe = std::filesystem::read_symlink("/proc/self/exe").parent_path().parent_path() / "tests/support/libsyscall_probe.so";
    ASSERT_TRUE(std::filesystem::exists(probe));
    int kills = 0;
    int lost = 0;
    for (int edge = 1; edge <= 60; ++edge) {
        StationFolder folder;
        folder.token().logCalls();
        const std::string killed = folder.token().path() + "/killed";
        ::setenv("LD_PRELOAD", probe.c_str(), 1);
        ::setenv("KEYSTAMP_PROBE_VICTIM", "worker", 1);
        ::setenv("KEYSTAMP_PROBE_KILL_AT", std::to_string(edge).c_str(), 1);
        ::setenv("KEYSTAMP_PROBE_KILLED", killed.c_str(), 1);
        auto signer = hsm::connect(folder.address());
        ::unsetenv("LD_PRELOAD");
        ASSERT_TRUE(signer) << describe(signer.error());
        const auto grant = grantOf("b1", Mode::X509);
        auto opened = (*signer)->openGrant(grant, folder.authority());
        ASSERT_TRUE(opened) << "edge " << edge << ": " << describe(opened.error());

        auto intent = reserved(**signer, "b1-0001");
        auto leaf = (*signer)->issue(intent);
        if (!leaf) {
            ASSERT_EQ(leaf.error().code, ErrorCode::IntentLost) << "edge " << edge << ": " << describe(leaf.error());
            ++lost;
            EXPECT_EQ((*signer)->serialRecord(intent.serial)->fate, hsm::SerialFate::Interrupted);
            // never again with this serial; the same board key with a fresh one
            EXPECT_EQ((*signer)->issue(intent).error().code, ErrorCode::IntentLost);
            const auto serial = (*signer)->reserve("b1", intent.id, "job");
            ASSERT_TRUE(serial);
            intent.serial = *serial;
            leaf = (*signer)->issue(intent);
            ASSERT_TRUE(leaf) << "edge " << edge << ": " << describe(leaf.error());
        }
        const bool died = std::filesystem::exists(killed);
        kills += died ? 1 : 0;
        const auto counts = (*signer)->counts("b1");
        ASSERT_TRUE(counts);
        EXPECT_EQ(counts->issued, 1u);
        EXPECT_LE(caSignatures(folder), counts->intents + selfTests(folder)) << "edge " << edge;
        EXPECT_GE(caSignatures(folder), counts->issued);
        if (!died) break;  // past the last edge
    }
    EXPECT_GE(kills, 5);
    EXPECT_GE(lost, 1);
    std::printf("%d kills, %d intents lost\n", kills, lost);
}

TEST(SignerProcess, KillsUnderLoadLoseNoIntentAndSignNothingTwice) {
    StationFolder folder;
    folder.token().logCalls();
    const auto signer = folder.connect();
    auto grant = grantOf("b1", Mode::X509, 1000);
    grant.last = 1000;
    ASSERT_TRUE(signer->openGrant(grant, folder.authority()));
    std::atomic<bool> stop{false};
    std::thread killer{[&] {
        for (int n = 0; n < 6; ++n) {
            std::this_thread::sleep_for(std::chrono::milliseconds{150 + 37 * n});
            // not inside C_Login: SoftHSM writes its token there, and one that was killed then may have none left
            EXPECT_TRUE(eventually([&] {
                const auto status = signer->status();
                return status && status->state == "ready";
            }));
            folder.kill(n % 3 == 2 ? "signer" : "worker", SIGKILL);
        }
        stop = true;
    }};
    std::atomic<int> next{1};
    std::atomic<int> issued{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&] {
            while (!stop) {
                const int number = next++;
                if (number > 1000) return;
                const std::string id = "b1-" + std::string(4 - std::to_string(number).size(), '0') + std::to_string(number);
                const auto key = newKey();
                // as a job does: a fresh serial where the intent was lost, the same intent where nobody answered
                for (int attempt = 0; attempt < 20; ++attempt) {
                    const auto serial = signer->reserve("b1", deviceId(id), "job");
                    if (!serial) continue;
                    const hsm::LeafIntent intent{"b1", "job", deviceId(id), *serial, newCsr(key, id)};
                    auto leaf = signer->issue(intent);
                    while (!leaf && leaf.error().code == ErrorCode::SignerUnavailable) leaf = signer->issue(intent);
                    if (leaf) {
                        ++issued;
                        break;
                    }
                    ASSERT_EQ(leaf.error().code, ErrorCode::IntentLost) << describe(leaf.error());
                }
            }
        });
    }
    for (auto& thread : threads) thread.join();
    killer.join();
    const auto counts = signer->counts("b1");
    ASSERT_TRUE(counts) << describe(counts.error());
    EXPECT_EQ(counts->issued, static_cast<std::uint64_t>(issued));
    EXPECT_GT(issued, 0);
    const auto made = caSignatures(folder);
    EXPECT_LE(made, counts->intents + selfTests(folder));
    EXPECT_GE(made, counts->issued);
    EXPECT_EQ(folder.ledger("select count(*) from serial where state = 'intended'").front(), "0");
}

}  // namespace
}  // namespace keystamp::test
