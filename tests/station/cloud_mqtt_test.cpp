// SPDX-License-Identifier: Apache-2.0
// MQTT's TLS as a server sees it begin. That registering works is shown with the cloud's stand-in (tests/e2e/cloud_clients.py).
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

/// Takes one connection, and keeps the name that it was greeted by.
class Greeted {
public:
    Greeted() {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        EXPECT_EQ(::bind(m_listening.get(), reinterpret_cast<sockaddr*>(&any), size), 0);
        EXPECT_EQ(::listen(m_listening.get(), 1), 0);
        EXPECT_EQ(::getsockname(m_listening.get(), reinterpret_cast<sockaddr*>(&any), &size), 0);
        m_port = ntohs(any.sin_port);
        m_name = std::async(std::launch::async, [this] { return greeting(); });
    }
    unsigned port() const { return m_port; }
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

    const UniqueFd m_listening{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    unsigned m_port = 0;
    std::future<std::string> m_name;
};

TEST(CloudOverMqtt, AsksForTheServerByItsNameAndNotByTheAddressThatItHas) {
    ASSERT_TRUE(openSecureHeap());
    Greeted server;
    const std::atomic<bool> stop{false};
    const auto done = cloud::registerDevice({.endpoint = "localhost", .mqttPort = server.port()}, "0ne00TEST01", *DeviceId::parse("pump-1"), Secret{32}, cloud::Over::Mqtt,
                                            Deadline::in(20s), stop);
    EXPECT_EQ(server.name(), "localhost");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::CloudUnreachable);
}

}  // namespace
}  // namespace keystamp
