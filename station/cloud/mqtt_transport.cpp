// SPDX-License-Identifier: Apache-2.0
// DPS over MQTT 3.1.1 ("Communicate with DPS using the MQTT protocol"): publishes to $dps/registrations/..., is answered on
// $dps/registrations/res/{status}/?$rid={rid}&retry-after={seconds}.
#include <fmt/format.h>
#include <mosquitto.h>

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

/// One connection; libmosquitto's own thread calls the on... functions.
class OverMqtt : public Transport {
public:
    OverMqtt(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login)
        : m_access(access), m_host(access.endpoint.substr(0, access.endpoint.find(':'))),
          m_place(fmt::format("{}:{} (MQTT{})", m_host, access.mqttPort, access.proxy.empty() ? "" : ", without the proxy, which is for HTTPS")), m_scopeId(scopeId), m_id(id), m_login(login) {}
    ~OverMqtt() override {
        if (!m_client) return;
        mosquitto_disconnect(m_client.get());
        mosquitto_loop_stop(m_client.get(), true);
    }
    OverMqtt(const OverMqtt&) = delete;
    OverMqtt& operator=(const OverMqtt&) = delete;

    Result<Reply> ask(const std::string& operation, Deadline deadline, const std::atomic<bool>& stop) override {
        if (!m_client) {
            if (auto begun = begin(deadline, stop); !begun) return begun.error();
        }
        if (auto up = wait([this] { return m_subscribed || m_trouble || m_refused; }, deadline, stop); !up) return up.error();
        if (m_refused) {
            m_client.reset();
            return Reply{401, nlohmann::json{{"errorCode", 401002}, {"message", "the connection is not authorised"}}.dump(), {}};
        }
        const std::string rid = fmt::format("{}", ++m_asked);
        const std::string topic = operation.empty() ? fmt::format("$dps/registrations/PUT/iotdps-register/?$rid={}", rid)
                                                    : fmt::format("$dps/registrations/GET/iotdps-get-operationstatus/?$rid={}&operationId={}", rid, operation);
        const std::string body = operation.empty() ? registrationBody(m_id) : " ";
        {
            const std::lock_guard lock{m_mutex};
            m_reply.reset();
            m_awaited = "$rid=" + rid;
        }
        const int sent = mosquitto_publish(m_client.get(), nullptr, topic.c_str(), static_cast<int>(body.size()), body.data(), 1, false);
        if (sent != MOSQ_ERR_SUCCESS) return unreachable(sent);
        if (auto answered = wait([this] { return m_reply.has_value(); }, deadline, stop); !answered) return answered.error();
        const std::lock_guard lock{m_mutex};
        return *std::exchange(m_reply, std::nullopt);
    }

private:
    Result<void> begin(Deadline deadline, const std::atomic<bool>& stop) {
        startLibrary();
        // the library would ask for them itself, and wait as long as the name server likes
        const auto addresses = addressesOf(m_host, deadline, stop);
        if (!addresses) return addresses.error();
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
        int connecting = MOSQ_ERR_NO_CONN;
        for (auto address = addresses->begin(); address != addresses->end() && connecting != MOSQ_ERR_SUCCESS; ++address) {
            connecting = mosquitto_connect_async(m_client.get(), address->c_str(), static_cast<int>(m_access.mqttPort), kKeepAlive);
        }
        if (connecting != MOSQ_ERR_SUCCESS) return unreachable(connecting);
        const int looping = mosquitto_loop_start(m_client.get());
        return looping == MOSQ_ERR_SUCCESS ? Result<void>{} : unreachable(looping);
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
        if (code == 0) mosquitto_subscribe(m_client.get(), nullptr, "$dps/registrations/res/#", 1);
        const std::lock_guard lock{m_mutex};
        m_refused = code == kNotAuthorised || code == kBadLogin;
        if (code != 0 && !m_refused) m_trouble = Error{ErrorCode::CloudUnreachable, fmt::format("{}: {}", m_access.endpoint, mosquitto_connack_string(code)), code, "MQTT"};
        m_changed.notify_all();
    }
    /// The library tries a handshake that failed again and again, and says so in its log alone.
    void onLog(int level, std::string_view text) {
        if (level != MOSQ_LOG_ERR || text.find("OpenSSL") == std::string_view::npos) return;
        const std::lock_guard lock{m_mutex};
        if (!m_trouble) m_trouble = Error{ErrorCode::CloudUnreachable, fmt::format("{}: {}", m_place, text), 0, "TLS"};
        m_changed.notify_all();
    }
    void onLost(int code) {
        const std::lock_guard lock{m_mutex};
        if (!m_refused && !m_trouble) m_trouble = unreachable(code);
        m_changed.notify_all();
    }
    void onSubscribed() {
        const std::lock_guard lock{m_mutex};
        m_subscribed = true;
        m_changed.notify_all();
    }
    void onMessage(const mosquitto_message& message) {
        const std::string_view topic{message.topic};
        if (!topic.starts_with(kAnswers) || message.payloadlen < 0 || static_cast<std::size_t>(message.payloadlen) > kLargestBody) return;
        const std::lock_guard lock{m_mutex};
        const auto query = topic.find('?');
        if (query == std::string_view::npos || !(std::string{topic.substr(query + 1)} + "&").starts_with(m_awaited + "&")) return;
        Reply reply{numberAfter(topic, kAnswers), std::string{static_cast<const char*>(message.payload), static_cast<std::size_t>(message.payloadlen)}, {}};
        if (const long seconds = numberAfter(topic, "retry-after="); seconds >= 0) reply.retryAfter = std::chrono::seconds{seconds};
        m_reply = std::move(reply);
        m_changed.notify_all();
    }

    Error unreachable(int code) const {
        const std::string why = code == MOSQ_ERR_ERRNO ? "no connection" : mosquitto_strerror(code);
        return {ErrorCode::CloudUnreachable, fmt::format("{}: {}", m_place, why), code, "mosquitto"};
    }

    template <typename Condition>
    Result<void> wait(Condition condition, Deadline deadline, const std::atomic<bool>& stop) {
        std::unique_lock lock{m_mutex};
        const auto waited = await(lock, m_changed, [&] { return m_trouble || condition(); }, deadline, stop, m_place + " does not answer");
        if (!waited) return waited.error();
        return m_trouble ? Result<void>{*m_trouble} : Result<void>{};
    }

    const Access& m_access;
    const std::string m_host;
    const std::string m_place;  ///< as an error names it
    const std::string m_scopeId;
    const DeviceId m_id;
    const DeviceLogin& m_login;
    unsigned m_asked = 0;

    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_subscribed = false;
    bool m_refused = false;
    std::optional<Error> m_trouble;
    std::string m_awaited;
    std::optional<Reply> m_reply;
    std::unique_ptr<mosquitto, Free> m_client;  ///< last: its thread uses the others
};

}  // namespace

std::unique_ptr<Transport> overMqtt(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login) {
    return std::make_unique<OverMqtt>(access, scopeId, id, login);
}

}  // namespace keystamp::cloud
