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

/// An answer of the service, whatever it is about; anything else is not DPS.
struct Said {
    long http = 0;
    Json json;
    std::chrono::seconds wait{kUnlessSaid};
};

class Dps {
public:
    Dps(const Access& access, Transport& transport, Deadline deadline, const std::atomic<bool>& stop, const Waiting& waiting)
        : m_access(access), m_transport(transport), m_stop(stop), m_patience(access.endpoint, deadline, stop, waiting) {}

    Result<Registration> registration() {
        auto said = insist({});
        while (said && text(said->json, "status") == "assigning") {
            const std::string operation = text(said->json, "operationId");
            if (!isOperation(operation)) return Error{ErrorCode::CloudUnreachable, m_access.endpoint + ": its answer names no operation; it is no DPS"};
            if (auto waited = m_patience.wait(said->wait, "it is assigning"); !waited) return waited.error();
            said = insist(operation);
        }
        if (!said) return said.error();
        return decided(said->json);
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
        if (!said.json.is_object()) {
            if (said.http < 429) return Error{ErrorCode::CloudUnreachable, fmt::format("{}: status {}, and no JSON; it is no DPS", m_access.endpoint, said.http)};
            said.json = Json::object();
        }
        if (said.http < 300) return said;
        return refusal(said.json, said.http);
    }

    Error refusal(const Json& json, long http) const {
        const long code = number(json, "errorCode");
        const std::string tracking = text(json, "trackingId");
        return {ErrorCode::CloudRefused, fmt::format("{}: {}{}{}", m_access.endpoint, inWords(code != 0 ? code : http * 1000, text(json, "message")),
                                                     tracking.empty() ? "" : "; tracking ID ", tracking), code != 0 ? code : http, "DPS"};
    }

    Result<Registration> decided(const Json& json) const {
        const std::string status = text(json, "status");
        const auto state = json.find("registrationState");
        const Json& told = state != json.end() && state->is_object() ? *state : json;
        Registration done;
        done.asked = m_asked;
        done.substatus = text(told, "substatus");
        done.code = number(told, "errorCode");
        done.message = text(told, "errorMessage");
        if (status == "assigned") {
            done.answer = Answer::Assigned;
            done.hub = text(told, "assignedHub");
            done.deviceId = text(told, "deviceId");
            if (done.hub.empty() || done.deviceId.empty()) return Error{ErrorCode::CloudUnreachable, m_access.endpoint + ": it assigned the device to no hub; it is no DPS"};
        } else if (status == "unassigned") {
            done.answer = Answer::Unassigned;
        } else if (status == "disabled") {
            done.answer = Answer::Disabled;
        } else if (status != "failed") {
            return Error{ErrorCode::CloudUnreachable, fmt::format("{}: an answer without a status that DPS has; it is no DPS", m_access.endpoint)};
        }
        return done;
    }

    const Access& m_access;
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
    return Dps{access, *transport, deadline, stop, waiting}.registration();
}

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
