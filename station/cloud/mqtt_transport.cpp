// SPDX-License-Identifier: Apache-2.0
// DPS over MQTT 3.1.1 ("Communicate with DPS using the MQTT protocol"): publishes to $dps/registrations/..., is answered on
// $dps/registrations/res/{status}/?$rid={rid}&retry-after={seconds}.
#include <fmt/format.h>
#include <mosquitto.h>
#include <poll.h>

#include <charconv>
#include <nlohmann/json.hpp>

#include "station/cloud/addresses.h"
#include "station/cloud/await.h"
#include "station/cloud/tls_context.h"
#include "station/cloud/transport.h"

namespace keystamp::cloud {
namespace {

constexpr std::size_t kLargestBody = 64 * 1024;
constexpr int kKeepAlive = 60;  ///< seconds
constexpr int kNotAuthorised = 5, kBadLogin = 4;  ///< CONNACK (MQTT 3.1.1 section 3.2.2.3)
constexpr std::string_view kAnswers = "$dps/registrations/res/";

struct Free {
    void operator()(mosquitto* client) const { mosquitto_destroy(client); }
};

void startLibrary() {
    static const int started = mosquitto_lib_init();
    static_cast<void>(started);
}

long numberAfter(std::string_view text, std::string_view name) {
    long number = -1;
    const auto at = text.find(name);
    if (at != std::string_view::npos) std::from_chars(text.data() + at + name.size(), text.data() + text.size(), number);
    return number;
}

/// One connection. The library has no thread here: it works, and calls the on... functions, while drive() runs. So a connection that fails is known at once,
/// which a thread of its own would rather try again and again.
class OverMqtt : public Transport {
public:
    OverMqtt(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login)
        : m_access(access), m_host(access.endpoint.substr(0, access.endpoint.find(':'))),
          m_place(fmt::format("{}:{} (MQTT{})", m_host, access.mqttPort, access.proxy.empty() ? "" : ", without the proxy, which is for HTTPS")), m_scopeId(scopeId), m_id(id), m_login(login) {}
    ~OverMqtt() override {
        if (m_client) mosquitto_disconnect(m_client.get());
    }
    OverMqtt(const OverMqtt&) = delete;
    OverMqtt& operator=(const OverMqtt&) = delete;

    Result<Reply> ask(const std::string& operation, Deadline deadline, const std::atomic<bool>& stop) override {
        if (m_client && mosquitto_loop(m_client.get(), 0, 1) != MOSQ_ERR_SUCCESS) m_client.reset();  // it was let go while nobody asked
        if (!m_client) {
            if (auto up = connect(deadline, stop); !up) return up.error();
        }
        if (m_refused) {
            m_client.reset();
            return Reply{401, nlohmann::json{{"errorCode", 401002}, {"message", "the connection is not authorised"}}.dump(), {}};
        }
        const std::string rid = fmt::format("{}", ++m_asked);
        const std::string topic = operation.empty() ? fmt::format("$dps/registrations/PUT/iotdps-register/?$rid={}", rid)
                                                    : fmt::format("$dps/registrations/GET/iotdps-get-operationstatus/?$rid={}&operationId={}", rid, operation);
        const std::string body = operation.empty() ? registrationBody(m_id) : " ";
        m_reply.reset();
        m_awaited = "$rid=" + rid;
        const int sent = mosquitto_publish(m_client.get(), nullptr, topic.c_str(), static_cast<int>(body.size()), body.data(), 1, false);
        if (sent != MOSQ_ERR_SUCCESS) return unreachable(sent);
        if (auto answered = drive([this] { return m_reply.has_value(); }, deadline, stop); !answered) return answered.error();
        return *std::exchange(m_reply, std::nullopt);
    }

private:
    /// To the first of the host's addresses that takes it.
    Result<void> connect(Deadline deadline, const std::atomic<bool>& stop) {
        startLibrary();
        // the library would ask for them itself, and wait as long as the name server likes
        const auto addresses = addressesOf(m_host, deadline, stop);
        if (!addresses) return addresses.error();
        Result<void> up = unreachable(MOSQ_ERR_NO_CONN);
        for (auto address = addresses->begin(); address != addresses->end() && !up && up.error().code == ErrorCode::CloudUnreachable; ++address) {
            up = connect(*address);
            if (up) up = drive([this] { return m_subscribed || m_refused; }, deadline, stop);
            if (!up) m_client.reset();
        }
        return up;
    }

    Result<void> connect(const std::string& address) {
        m_greeted = m_subscribed = m_refused = false;
        m_trouble.reset();
        auto tls = tlsContext(m_access, m_host, std::get_if<ClientCertificate>(&m_login));
        if (!tls) return tls.error();
        m_client.reset(mosquitto_new(m_id.text().c_str(), true, this));
        if (!m_client) return Error{ErrorCode::Internal, "no memory for an MQTT client", errno, "mosquitto_new"};
        mosquitto_void_option(m_client.get(), MOSQ_OPT_SSL_CTX, tls->get());
        mosquitto_int_option(m_client.get(), MOSQ_OPT_SSL_CTX_WITH_DEFAULTS, 0);  // the context is whole; its defaults want files
        mosquitto_connect_callback_set(m_client.get(), [](mosquitto*, void* self, int code) { static_cast<OverMqtt*>(self)->onConnect(code); });
        mosquitto_disconnect_callback_set(m_client.get(), [](mosquitto*, void* self, int code) { static_cast<OverMqtt*>(self)->onLost(code); });
        mosquitto_subscribe_callback_set(m_client.get(), [](mosquitto*, void* self, int, int, const int*) { static_cast<OverMqtt*>(self)->onSubscribed(); });
        mosquitto_message_callback_set(m_client.get(), [](mosquitto*, void* self, const mosquitto_message* message) { static_cast<OverMqtt*>(self)->onMessage(*message); });
        mosquitto_log_callback_set(m_client.get(), [](mosquitto*, void* self, int level, const char* text) { static_cast<OverMqtt*>(self)->onLog(level, text); });
        if (auto named = logIn(); !named) return named;
        const int connecting = mosquitto_connect_async(m_client.get(), address.c_str(), static_cast<int>(m_access.mqttPort), kKeepAlive);
        return connecting == MOSQ_ERR_SUCCESS ? Result<void>{} : unreachable(connecting);
    }

    Result<void> logIn() {
        const std::string name = fmt::format("{}/registrations/{}/{}&ClientVersion=keystamp", m_scopeId, m_id.text(), kApiVersion);
        Secret password;
        if (const auto* key = std::get_if<Secret>(&m_login)) {
            const auto token = tokenOf(m_scopeId, m_id, *key);
            if (!token) return token.error();
            password = Secret{token->size() + 1};  // a text that ends, as the library wants it; it keeps a copy, see https.cpp
            std::copy(token->view().begin(), token->view().end(), password.bytes().begin());
        }
        const char* text = password.empty() ? nullptr : reinterpret_cast<const char*>(password.view().data());
        const int set = mosquitto_username_pw_set(m_client.get(), name.c_str(), text);
        return set == MOSQ_ERR_SUCCESS ? Result<void>{} : unreachable(set);
    }

    void onConnect(int code) {
        m_greeted = true;
        if (code == 0) mosquitto_subscribe(m_client.get(), nullptr, "$dps/registrations/res/#", 1);
        m_refused = code == kNotAuthorised || code == kBadLogin;
        if (code != 0 && !m_refused) m_trouble = Error{ErrorCode::CloudUnreachable, fmt::format("{}: {}", m_access.endpoint, mosquitto_connack_string(code)), code, "MQTT"};
    }
    /// Why a handshake failed stands in the library's log alone.
    void onLog(int level, std::string_view text) {
        if (level != MOSQ_LOG_ERR || text.find("OpenSSL") == std::string_view::npos) return;
        if (!m_trouble) m_trouble = Error{ErrorCode::CloudUnreachable, fmt::format("{}: {}", m_place, text), 0, "TLS"};
    }
    void onLost(int code) {
        if (!m_refused && !m_trouble) m_trouble = unreachable(code);
    }
    void onSubscribed() { m_subscribed = true; }
    void onMessage(const mosquitto_message& message) {
        const std::string_view topic{message.topic};
        if (!topic.starts_with(kAnswers) || message.payloadlen < 0 || static_cast<std::size_t>(message.payloadlen) > kLargestBody) return;
        const auto query = topic.find('?');
        if (query == std::string_view::npos || !(std::string{topic.substr(query + 1)} + "&").starts_with(m_awaited + "&")) return;
        Reply reply{numberAfter(topic, kAnswers), std::string{static_cast<const char*>(message.payload), static_cast<std::size_t>(message.payloadlen)}, {}};
        if (const long seconds = numberAfter(topic, "retry-after="); seconds >= 0) reply.retryAfter = std::chrono::seconds{seconds};
        m_reply = std::move(reply);
    }

    Error unreachable(int code) const {
        const std::string why = code == MOSQ_ERR_ERRNO || code == MOSQ_ERR_CONN_LOST || code == MOSQ_ERR_NO_CONN ? "no connection" : mosquitto_strerror(code);
        return {ErrorCode::CloudUnreachable, fmt::format("{}: {}", m_place, why), code, "mosquitto"};
    }

    /// Lets the library work until `condition` holds.
    template <typename Condition>
    Result<void> drive(Condition condition, Deadline deadline, const std::atomic<bool>& stop) {
        while (!m_trouble && !condition()) {
            if (stop.load(std::memory_order_relaxed)) return Error{ErrorCode::Aborted, {}};
            if (deadline.passed()) return Error{ErrorCode::Timeout, m_place + " does not answer"};
            const int worked = mosquitto_loop(m_client.get(), static_cast<int>(std::min(kLook, deadline.left()).count()), 1);
            if (m_trouble || condition()) break;
            if (worked != MOSQ_ERR_SUCCESS || (!m_greeted && isClosed())) m_trouble = unreachable(worked == MOSQ_ERR_SUCCESS ? MOSQ_ERR_NO_CONN : worked);
        }
        return m_trouble ? Result<void>{*m_trouble} : Result<void>{};
    }

    /// A connection that nobody takes the library thinks is still being made.
    bool isClosed() const {
        pollfd socket{mosquitto_socket(m_client.get()), POLLOUT, 0};
        return socket.fd >= 0 && ::poll(&socket, 1, 0) > 0 && (socket.revents & (POLLHUP | POLLERR)) != 0;
    }

    const Access& m_access;
    const std::string m_host;
    const std::string m_place;  ///< as an error names it
    const std::string m_scopeId;
    const DeviceId m_id;
    const DeviceLogin& m_login;
    unsigned m_asked = 0;

    bool m_greeted = false;  ///< it has said whether it takes the connection
    bool m_subscribed = false;
    bool m_refused = false;
    std::optional<Error> m_trouble;
    std::string m_awaited;
    std::optional<Reply> m_reply;
    std::unique_ptr<mosquitto, Free> m_client;
};

}  // namespace

std::unique_ptr<Transport> overMqtt(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login) {
    return std::make_unique<OverMqtt>(access, scopeId, id, login);
}

}  // namespace keystamp::cloud
