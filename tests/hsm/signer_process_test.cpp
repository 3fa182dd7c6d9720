// SPDX-License-Identifier: Apache-2.0
// The real signer as processes: what dies, hangs, races or speaks nonsense, and what must hold then.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <thread>

#include "core/file.h"
#include "hsm/local_socket.h"
#include "hsm/wire.h"
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

// ---- PINs

StationFolder& withoutPinFile(StationFolder& folder) {
    folder.token().logCalls();
    const std::string file = folder.token().configFile();
    std::string text = *readFile(file);
    text.erase(text.find("pin_file = \"pin\""), 16);
    EXPECT_TRUE(writeFile(file, text));
    return folder;
}

TEST(SignerProcess, AWrongPinCostsOneLoginAndIsAskedAgain) {
    StationFolder folder;
    withoutPinFile(folder);
    const auto signer = folder.connect();
    EXPECT_EQ(signer->status()->state, "pin-needed");
    EXPECT_EQ(signer->reserve("b1", deviceId("b1-0001"), "job").error().code, ErrorCode::PinNeeded);
    EXPECT_EQ(signer->login(Secret::copyOf("wrong pin")).error().code, ErrorCode::PinWrong);
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
    // nobody tries by himself, not even a new worker
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
    ASSERT_TRUE(signer->login(folder.token().pin()));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 2u);
    EXPECT_EQ(signer->status()->state, "ready");
    // a right one is given to each new worker once
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->loggedIn; }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 3u);
}

TEST(SignerProcess, WrongPinsAreShownToTheHsmEverLater) {
    StationFolder folder;
    withoutPinFile(folder);
    const auto signer = folder.connect();
    const auto counted = [&] { return folder.ledger("SELECT failures FROM pin_tries").front(); };
    for (int n = 0; n < 3; ++n) EXPECT_EQ(signer->login(Secret::copyOf("wrong pin")).error().code, ErrorCode::PinWrong);
    const auto early = signer->login(folder.token().pin());
    ASSERT_FALSE(early) << "even the right one has to wait now";
    EXPECT_EQ(early.error().code, ErrorCode::PinWrong);
    EXPECT_NE(early.error().detail.find("the next one is taken in "), std::string::npos) << early.error().detail;
    EXPECT_EQ(folder.token().calls("C_Login").size(), 3u);
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(counted(), "3") << "a new worker starts no count anew";
    EXPECT_TRUE(eventually([&] { return signer->login(folder.token().pin()).ok(); }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 4u);
    EXPECT_EQ(counted(), "0");
}

TEST(SignerProcess, TheRightPinIsGivenToANewWorkerWhateverWasEnteredBefore) {
    StationFolder folder;
    folder.token().logCalls();
    const auto signer = folder.connect();
    ASSERT_TRUE(signer->status()->loggedIn);
    for (int n = 0; n < 5; ++n) EXPECT_TRUE(signer->login(Secret::copyOf("wrong pin"))) << "somebody is logged in: not looked at";
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
    SQLite::Database{folder.token().path() + "/data/ledger.db", SQLite::OPEN_READWRITE, 5000}.exec(
        "UPDATE pin_tries SET failures = 9, tried_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')");
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->loggedIn; }, 10));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 2u);
}

TEST(SignerProcess, AWrongPinFileIsTriedOnce) {
    StationFolder folder;
    folder.token().logCalls();
    const std::string pin = folder.token().path() + "/pin";
    std::filesystem::remove(pin);
    ASSERT_TRUE(writeFile(pin, "999999999\n", 0400));
    const auto signer = folder.connect();
    EXPECT_TRUE(eventually([&] { return signer->status()->state == "pin-needed"; }));
    folder.kill("worker", SIGKILL);
    EXPECT_TRUE(eventually([&] { return signer->status() && signer->status()->state == "pin-needed"; }));
    EXPECT_EQ(folder.token().calls("C_Login").size(), 1u);
}

TEST(SignerProcess, WithoutALoginItStillServesWhatNeedsNone) {
    StationFolder folder;
    withoutPinFile(folder);
    const auto signer = folder.connect();
    ASSERT_TRUE(signer->openGrant(grantOf("b1", Mode::X509), folder.authority()));
    EXPECT_EQ(signer->counts("b1")->cap, 10u);
    EXPECT_EQ(signer->status()->slots.size(), 2u);
    EXPECT_FALSE(*signer->lastCheckpoint());
}

TEST(SignerProcess, AMissingTokenIsSaidAndFoundWhenItComes) {
    StationFolder folder;
    const std::string tokens = folder.token().path() + "/tokens";
    std::filesystem::rename(tokens, tokens + ".away");
    std::filesystem::create_directory(tokens);
    const auto signer = folder.connect();
    EXPECT_EQ(signer->status()->state, "token-missing");
    EXPECT_EQ(signer->selfTest().error().code, ErrorCode::TokenMissing);
    std::filesystem::remove(tokens);
    std::filesystem::rename(tokens + ".away", tokens);
    EXPECT_TRUE(eventually([&] { return signer->status()->state == "ready"; }));
    EXPECT_TRUE(signer->selfTest());
}

TEST(SignerProcess, APinFileOfATokenThatIsNoDemoIsRefused) {
    StationFolder folder;
    const std::string file = folder.token().configFile();
    std::string text = *readFile(file);
    text.replace(text.find("keystamp-demo"), 13, "keystamp-real");
    ASSERT_TRUE(writeFile(file, text));
    const auto signer = hsm::connect(folder.address());
    ASSERT_FALSE(signer);
    EXPECT_EQ(signer.error().code, ErrorCode::BadConfig);
}

// ---- hostile peers

TEST(SignerProcess, NonsenseCostsItsSenderTheConnectionAndNobodyElse) {
    const StationFolder folder;
    const auto signer = folder.connect();
    const auto before = signer->status();
    ASSERT_TRUE(before);
    const std::vector<std::string> nonsense{
        "", "x", std::string("\xa1\x61", 2), std::string(100, '\x81'), std::string(60000, '\x81'), std::string(100000, 'a'),
        std::string("\xbf\xff", 2), std::string("\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9), std::string("\xa1\x67secrets\x19\xff\xff", 12),
        std::string("\xa1\x67secrets\x01", 10), std::string("\xa1\x65memfd\x01", 8)};
    for (const std::string& text : nonsense) {
        auto peer = hsm::connectTo(folder.address().socket);
        ASSERT_TRUE(peer);
        ASSERT_GE(::send(peer->get(), text.data(), text.size(), MSG_NOSIGNAL), 0);
        // a second frame, for those that promise one
        [[maybe_unused]] const auto second = ::send(peer->get(), "no tag", 6, MSG_NOSIGNAL);
        const auto answer = hsm::wire::receive(peer->get(), Deadline::in(std::chrono::seconds{20}));
        const bool refused = answer ? answer->body.contains("error") : answer.error().code == ErrorCode::SignerUnavailable;
        EXPECT_TRUE(refused) << text.size() << " bytes";
    }
    const auto after = signer->status();
    ASSERT_TRUE(after);
    EXPECT_EQ(after->worker, before->worker) << "the worker survived";
}

TEST(SignerProcess, RequestsWithWrongFieldsAreAnsweredWithBadUsage) {
    const StationFolder folder;
    const auto signer = folder.connect();
    auto peer = hsm::connectTo(folder.address().socket);
    ASSERT_TRUE(peer);
    using hsm::wire::Body;
    const std::vector<Body> requests{Body::object(),
                                     {{"op", 7}},
                                     {{"op", "sign-this-digest"}, {"digest", "00"}},
                                     {{"op", "issue"}},
                                     {{"op", "issue"}, {"batch", 1}, {"job", "j"}, {"id", "a"}, {"serial", "text"}, {"csr", 1}},
                                     {{"op", "reserve"}, {"batch", "b1"}, {"id", "not/an/id"}, {"job", "j"}},
                                     {{"op", "login"}},
                                     {{"op", "open-grant"}, {"grant", {{"mode", "x509"}}}, {"supervisor", "demo"}},
                                     {{"op", "sign-checkpoint"}, {"origin", "o"}, {"size", -1}, {"root", Body::binary({})}, {"proof", 3}}};
    for (const Body& request : requests) {
        ASSERT_TRUE(hsm::wire::send(peer->get(), request));
        const auto answer = hsm::wire::receive(peer->get(), Deadline::in(std::chrono::seconds{20}));
        ASSERT_TRUE(answer) << request.dump();
        ASSERT_TRUE(answer->body.contains("error")) << request.dump();
        const auto code = answer->body.at("error").at("code").get<std::string>();
        EXPECT_TRUE(code == "bad-usage" || code == "bad-device-id") << request.dump() << ": " << code;
    }
}

TEST(SignerProcess, AnotherUserIsTurnedAway) {
    if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
    const StationFolder folder;
    const auto signer = folder.connect();
    for (std::string path = folder.address().socket; path != "/"; path = std::filesystem::path{path}.parent_path()) {
        if (path.starts_with(folder.token().path())) ::chmod(path.c_str(), 0777);
    }
    const pid_t child = ::fork();
    if (child == 0) {
        if (::setgid(65534) != 0 || ::setuid(65534) != 0) ::_exit(9);
        const auto peer = hsm::connectTo(folder.address().socket);
        if (!peer) ::_exit(8);
        if (!hsm::wire::send(peer->get(), {{"op", "status"}})) ::_exit(0);
        const auto answer = hsm::wire::receive(peer->get(), Deadline::in(std::chrono::seconds{20}));
        ::_exit(answer ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0) << "1: it was answered; 8: no connection; 9: no other user";
    EXPECT_TRUE(signer->status());
}

TEST(SignerProcess, AGrantOfTwoHundredThousandIdsGoesThrough) {
    const StationFolder folder;
    const auto signer = folder.connect();
    hsm::Grant grant;
    grant.batch = "b1";
    grant.cap = 200000;
    for (int n = 0; n < 200000; ++n) grant.ids.push_back(deviceId("acme-device-" + std::to_string(n)));
    const auto opened = signer->openGrant(grant, folder.authority());
    ASSERT_TRUE(opened) << describe(opened.error());
    EXPECT_TRUE(signer->reserve("b1", deviceId("acme-device-199999"), "job"));
    EXPECT_EQ(signer->reserve("b1", deviceId("acme-device-200000"), "job").error().code, ErrorCode::NotGranted);
}

TEST(SignerProcess, NoSecretIsInItsFilesOrItsCommandLine) {
    StationFolder folder;
    {
        const auto signer = folder.connect();
        ASSERT_TRUE(signer->openGrant(grantOf("b1", Mode::Sas), folder.authority()));
        const auto key = signer->derive("b1", deviceId("b1-0001"), "job");
        ASSERT_TRUE(key);
        const std::string pin{folder.token().pin().text()};
        const std::string passphrase{folder.authority().passphrase.text()};
        const std::string raw{key->key.text()};
        const std::string base64{key->key.toBase64().text()};
        std::vector<std::string> files;
        for (const auto& entry : std::filesystem::directory_iterator{folder.token().path() + "/data"}) {
            if (entry.is_regular_file()) files.push_back(entry.path());
        }
        for (const auto& [who, pid] : folder.processes()) {
            files.push_back("/proc/" + std::to_string(pid) + "/cmdline");
            files.push_back("/proc/" + std::to_string(pid) + "/environ");
        }
        for (const std::string& file : files) {
            const auto content = readFile(file);
            if (!content) continue;
            for (const auto& secret : {pin, passphrase, raw, base64}) EXPECT_EQ(content->find(secret), std::string::npos) << file;
        }
        EXPECT_GE(files.size(), 5u);
    }
}

}  // namespace
}  // namespace keystamp::test
