// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/dps.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "station/cloud/dps_words.h"
#include "station/cloud/json_fields.h"
#include "station/cloud/transport.h"

namespace keystamp::cloud {
namespace {

using Json = nlohmann::json;

constexpr long kPerStatus = 1000;                 ///< an error code begins with its HTTP status
constexpr long kLowestCode = 400 * kPerStatus;

/// An answer of the service, whatever it is about; anything else is not DPS.
struct Said {
    long http = 0;
    Json json;
    std::chrono::seconds wait{kUnlessSaid};
};

class Dps {
public:
    Dps(Transport& transport, const std::string& endpoint, Deadline deadline, const std::atomic<bool>& stop, const Waiting& waiting)
        : m_endpoint(endpoint), m_transport(transport), m_stop(stop), m_patience(endpoint, deadline, stop, waiting) {}

    Result<Registration> registration() {
        auto said = insist({});
        while (said && text(said->json, "status") == "assigning") {
            const std::string operation = text(said->json, "operationId");
            if (!isOperation(operation)) return noDps(said->http, "names no operation");
            if (auto waited = m_patience.wait(said->wait, "it is assigning"); !waited) return waited.error();
            said = insist(operation);
        }
        if (!said) return said.error();
        return decided(*said);
    }

private:
    /// It goes into a path or a topic.
    static bool isOperation(const std::string& text) {
        return !text.empty() && text.size() <= 256 && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c) || c == '.' || c == '-' || c == '_'; });
    }

    Result<Said> insist(const std::string& operation) {
        const auto reply = m_patience.insist([&] {
            ++m_asked;
            return m_transport.ask(operation, m_patience.deadline(), m_stop);
        });
        if (!reply) return reply.error();
        Said said{reply->status, Json::parse(reply->body, nullptr, false), reply->retryAfter.value_or(kUnlessSaid)};
        if (!said.json.is_object()) return noDps(said.http, "is no JSON");
        if (said.http < 300) return said;
        const long code = number(said.json, "errorCode");
        return code < kLowestCode ? noDps(said.http, "has no error code of DPS") : refusal(said.json, code);
    }

    Error refusal(const Json& json, long code) const {
        const std::string tracking = text(json, "trackingId");
        return {ErrorCode::CloudRefused, fmt::format("{}: {}{}{}", m_endpoint, inWords(code, text(json, "message")), tracking.empty() ? "" : "; tracking ID ", tracking), code, "DPS"};
    }

    /// What a proxy or a network's login page says is nothing that DPS says of a device.
    Error noDps(long http, const char* why) const {
        return {ErrorCode::CloudUnreachable, fmt::format("{}: an answer (status {}) that {}: not DPS's, but a proxy's, a network's login page or another service's", m_endpoint, http, why), http, "DPS"};
    }

    Result<Registration> decided(const Said& said) const {
        const std::string status = text(said.json, "status");
        const Json& told = part(said.json, "registrationState");
        if (told.empty() && !isOperation(text(said.json, "operationId"))) return noDps(said.http, "names no registration");
        Registration done;
        done.asked = m_asked;
        done.substatus = text(told, "substatus");
        done.code = number(told, "errorCode");
        done.message = text(told, "errorMessage");
        if (status == "assigned") {
            done.answer = Answer::Assigned;
            done.hub = text(told, "assignedHub");
            done.deviceId = text(told, "deviceId");
            if (done.hub.empty() || done.deviceId.empty()) return noDps(said.http, "assigns the device to no hub");
        } else if (status == "unassigned") {
            done.answer = Answer::Unassigned;
        } else if (status == "disabled") {
            done.answer = Answer::Disabled;
        } else if (status != "failed") {
            return noDps(said.http, "has no status that DPS has");
        }
        return done;
    }

    const std::string& m_endpoint;
    Transport& m_transport;
    const std::atomic<bool>& m_stop;
    const Patience m_patience;
    unsigned m_asked = 0;
};

}  // namespace

std::string_view name(Answer answer) {
    switch (answer) {
        case Answer::Assigned: return "assigned";
        case Answer::Unassigned: return "unassigned";
        case Answer::Disabled: return "disabled";
        case Answer::Failed: return "failed";
    }
    return "failed";
}

Result<Registration> registerDevice(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login, Over over,
                                    Deadline deadline, const std::atomic<bool>& stop, const Waiting& waiting) {
    const auto transport = over == Over::Mqtt ? overMqtt(access, scopeId, id, login) : overHttps(access, scopeId, id, login);
    return registerBy(*transport, access.endpoint, deadline, stop, waiting);
}

Result<Registration> registerBy(Transport& transport, const std::string& endpoint, Deadline deadline, const std::atomic<bool>& stop, const Waiting& waiting) {
    return Dps{transport, endpoint, deadline, stop, waiting}.registration();
}

bool isBusy(const Error& refusal) { return isBusy(refusal.native / kPerStatus); }

std::string nextStepOf(const Registration& registration) {
    switch (registration.answer) {
        case Answer::Assigned: return {};
        case Answer::Unassigned: return "In IoT Central, associate the device with a template and approve it; then it registers by itself.";
        case Answer::Disabled: return "In the cloud, unblock the device or enable its enrolment group, if it may connect.";
        case Answer::Failed: return "Have the cloud team look at the allocation of its enrolment group" +
                                    (registration.code != 0 ? fmt::format(" (error {}).", registration.code) : ".");
    }
    return {};
}

}  // namespace keystamp::cloud
