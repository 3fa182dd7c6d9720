// SPDX-License-Identifier: Apache-2.0
// MQTT as a server sees it begin, or does not answer it. That registering works is shown with the cloud's stand-in (tests/e2e/cloud_clients.py).
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <future>
#include <memory>

#include "core/file.h"
#include "core/releaser.h"
#include "station/cloud/dps.h"

namespace keystamp {
namespace {

using namespace std::chrono_literals;

unsigned portOf(const UniqueFd& socket) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    EXPECT_EQ(::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size), 0);
    return ntohs(address.sin_port);
}

/// To a port of 127.0.0.1 that was free.
UniqueFd bound() {
    UniqueFd socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(socket.get(), reinterpret_cast<sockaddr*>(&any), sizeof any), 0);
    return socket;
}

/// Takes one connection, and keeps the name that it was greeted by.
class Greeted {
public:
    Greeted() {
        EXPECT_EQ(::listen(m_listening.get(), 1), 0);
        m_name = std::async(std::launch::async, [this] { return greeting(); });
    }
    unsigned port() const { return portOf(m_listening); }
    std::string name() { return m_name.get(); }

private:
    static int keep(SSL* ssl, int*, void* into) {
        const char* const said = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
        *static_cast<std::string*>(into) = said == nullptr ? "" : said;
        return SSL_TLSEXT_ERR_ALERT_FATAL;  // that was all
    }
    std::string greeting() const {
        std::string name;
        const std::unique_ptr<SSL_CTX, Releaser<SSL_CTX_free>> context{SSL_CTX_new(TLS_server_method())};
        SSL_CTX_ctrl(context.get(), SSL_CTRL_SET_TLSEXT_SERVERNAME_ARG, 0, &name);
        SSL_CTX_callback_ctrl(context.get(), SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, reinterpret_cast<void (*)()>(&keep));
        const UniqueFd device{::accept(m_listening.get(), nullptr, nullptr)};
        const std::unique_ptr<SSL, Releaser<SSL_free>> ssl{SSL_new(context.get())};
        SSL_set_fd(ssl.get(), device.get());
        SSL_accept(ssl.get());
        return name;
    }

    const UniqueFd m_listening = bound();
    std::future<std::string> m_name;
};

Result<cloud::Registration> ask(unsigned port, Deadline deadline, const std::atomic<bool>& stop, const std::string& proxy = {}) {
    return cloud::registerDevice({.endpoint = "localhost", .proxy = proxy, .mqttPort = port}, "0ne00TEST01", *DeviceId::parse("pump-1"), Secret{32}, cloud::Over::Mqtt, deadline, stop);
}

/// Is connected to, and says nothing.
class Silent {
public:
    Silent() { EXPECT_EQ(::listen(m_listening.get(), 1), 0); }
    unsigned port() const { return portOf(m_listening); }

private:
    const UniqueFd m_listening = bound();
};

TEST(CloudOverMqtt, GivesASilentServerUpAtTheDeadlineOrWhenTheLineIsStopped) {
    ASSERT_TRUE(openSecureHeap());
    const Silent server;
    std::atomic<bool> stop{false};
    EXPECT_EQ(ask(server.port(), Deadline::in(300ms), stop).error().code, ErrorCode::Timeout);
    auto asked = std::async(std::launch::async, [&] { return ask(server.port(), Deadline::in(60s), stop); });
    stop = true;
    EXPECT_EQ(asked.get().error().code, ErrorCode::Aborted);
}

TEST(CloudOverMqtt, IsUnreachableAtOnceWhereNobodyListens) {
    ASSERT_TRUE(openSecureHeap());
    const UniqueFd nobody = bound();
    const std::atomic<bool> stop{false};
    const auto done = ask(portOf(nobody), Deadline::in(20s), stop);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::CloudUnreachable);
    EXPECT_NE(done.error().detail.find("(MQTT): no connection"), std::string::npos) << done.error().detail;
}

TEST(CloudOverMqtt, SaysThatItGoesByNoProxy) {
    ASSERT_TRUE(openSecureHeap());
    const Silent server;
    const std::atomic<bool> stop{false};
    EXPECT_NE(ask(server.port(), Deadline::in(100ms), stop, "http://proxy.example:3128").error().detail.find("without the proxy, which is for HTTPS"), std::string::npos);
    EXPECT_EQ(ask(server.port(), Deadline::in(100ms), stop).error().detail.find("proxy"), std::string::npos);
}

TEST(CloudOverMqtt, AsksForTheServerByItsNameAndNotByTheAddressThatItHas) {
    ASSERT_TRUE(openSecureHeap());
    Greeted server;
    const std::atomic<bool> stop{false};
    const auto done = ask(server.port(), Deadline::in(20s), stop);
    EXPECT_EQ(server.name(), "localhost");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::CloudUnreachable);
}

}  // namespace
}  // namespace keystamp
