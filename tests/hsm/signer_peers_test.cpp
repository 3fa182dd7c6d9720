// SPDX-License-Identifier: Apache-2.0
// The real signer's clients: nonsense, other users, very large requests; what is left in its files.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "core/file.h"
#include "hsm/local_socket.h"
#include "hsm/wire.h"
#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"

namespace keystamp::test {
namespace {

TEST(SignerPeers, NonsenseCostsItsSenderTheConnectionAndNobodyElse) {
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

TEST(SignerPeers, RequestsWithWrongFieldsAreAnsweredWithBadUsage) {
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

TEST(SignerPeers, AnotherUserIsTurnedAway) {
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

TEST(SignerPeers, AGrantOfTwoHundredThousandIdsGoesThrough) {
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

TEST(SignerPeers, NoSecretIsInItsFilesOrItsCommandLine) {
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
