// SPDX-License-Identifier: Apache-2.0
// A factory's network that swallows the questions to its name server: whoever asks for a name is answered after a long while. Whichever way a device is
// registered, nobody may wait for that longer than was said.
#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <condition_variable>
#include <cstring>
#include <future>
#include <mutex>

#include "station/cloud/dps.h"

namespace keystamp {
namespace {

using namespace std::chrono_literals;

constexpr const char* kNowhere = "nowhere.example";

/// Answers when it is let, or after far longer than anybody here waits.
class NameServer {
public:
    int answer() {
        std::unique_lock lock{m_mutex};
        ++m_asked;
        m_changed.notify_all();
        m_changed.wait_for(lock, 20s, [this] { return m_answers; });
        ++m_answered;
        m_changed.notify_all();
        return EAI_AGAIN;
    }
    void awaitQuestion() {
        std::unique_lock lock{m_mutex};
        m_changed.wait(lock, [this] { return m_asked > m_answered; });
    }
    bool stillAsked() {
        const std::lock_guard lock{m_mutex};
        return m_asked > m_answered;
    }
    void letGo() {
        std::unique_lock lock{m_mutex};
        m_answers = true;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_asked == m_answered; });
        m_answers = false;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_answers = false;
    int m_asked = 0, m_answered = 0;
};
NameServer& nameServer() {
    static auto* const server = new NameServer;  // libcurl's threads may outlive all else
    return *server;
}

class CloudWithoutANameServer : public testing::TestWithParam<cloud::Over> {
protected:
    static Result<cloud::Registration> ask(Deadline deadline, const std::atomic<bool>& stop) {
        const Secret key{32};
        return cloud::registerDevice({.endpoint = kNowhere, .proxy = {}}, "0ne00TEST01", *DeviceId::parse("pump-1"), key.clone(), GetParam(), deadline, stop);
    }
    void SetUp() override { ASSERT_TRUE(openSecureHeap()); }
};

TEST_P(CloudWithoutANameServer, IsGivenUpAtItsDeadline) {
    const std::atomic<bool> stop{false};
    const auto reply = ask(Deadline::in(300ms), stop);
    EXPECT_TRUE(nameServer().stillAsked()) << "it waited for an answer that nobody gives";
    nameServer().letGo();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::Timeout) << reply.error().detail;
}

TEST_P(CloudWithoutANameServer, IsGivenUpWhenTheLineIsStopped) {
    std::atomic<bool> stop{false};
    auto asked = std::async(std::launch::async, [&] { return ask(Deadline::in(60s), stop); });
    nameServer().awaitQuestion();
    stop = true;
    const auto reply = asked.get();
    EXPECT_TRUE(nameServer().stillAsked()) << "it waited for an answer that nobody gives";
    nameServer().letGo();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::Aborted);
}

TEST_P(CloudWithoutANameServer, IsUnreachableWhereTheNameServerKnowsNoSuchName) {
    const std::atomic<bool> stop{false};
    auto asked = std::async(std::launch::async, [&] { return ask(Deadline::in(60s), stop); });
    nameServer().awaitQuestion();
    nameServer().letGo();
    const auto reply = asked.get();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::CloudUnreachable);
    EXPECT_NE(reply.error().detail.find(kNowhere), std::string::npos) << reply.error().detail;
}

INSTANTIATE_TEST_SUITE_P(Over, CloudWithoutANameServer, testing::Values(cloud::Over::Https, cloud::Over::Mqtt),
                         [](const auto& over) { return over.param == cloud::Over::Mqtt ? "Mqtt" : "Https"; });

}  // namespace
}  // namespace keystamp

/// In place of the C library's, for libcurl and libmosquitto too.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints, addrinfo** found) {
    if (name != nullptr && std::strcmp(name, keystamp::kNowhere) == 0) return keystamp::nameServer().answer();
    static const auto real = reinterpret_cast<decltype(&::getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, found);
}
