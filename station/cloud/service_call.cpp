// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/service_call.h"

#include <fmt/format.h>

#include "station/cloud/json_fields.h"

namespace keystamp::cloud {
namespace {

constexpr unsigned kMostTroubled = 2;  // then it is this device's own trouble, or none that goes by itself

const char* meaning(long status) {
    switch (status) {
        case 400: case 422: return "it does not take the device so: check the template and the ID";
        case 401: return "it does not accept the token: has it expired, and is it this application's or service's own?";
        case 403: return "the token may not do that: give it a role that creates and changes devices";
        case 404: return "it knows no such thing: check host and template";
        case 409: case 412: return "somebody else is changing the device: try again";
        case 429: return "it has too many requests: try again later";
        default: return status >= 500 ? "the service is in trouble: try again later" : "it refuses";
    }
}

}  // namespace

Result<ServiceCall::Answer> ServiceCall::ask(const char* method, const std::string& path, const nlohmann::json& body, bool mayBeAbsent) const {
    const Patience patience{m_access.endpoint, Deadline::in(m_way.limit), m_way.stop, m_way.waiting};
    const HttpsRequest request{method, path, body.is_null() ? std::string{} : body.dump(), &m_way.token, nullptr, &m_connection};
    const auto reply = patience.insist([&] { return cloud::ask(m_access, request, patience.deadline(), m_way.stop); }, kMostTroubled);
    if (!reply) return reply.error();
    Answer answer{reply->status, nlohmann::json::parse(reply->body, nullptr, false)};
    if (!answer.json.is_object()) {
        // a proxy's or a captive portal's page
        if (answer.status < 401 && !reply->body.empty()) return Error{ErrorCode::CloudUnreachable, fmt::format("{}: status {}, and no JSON: another service answers there", host(), answer.status)};
        answer.json = nlohmann::json::object();
    }
    if (answer.status < 300 || (mayBeAbsent && answer.status == 404)) return answer;
    return refusal(answer);
}

Error ServiceCall::refusal(const Answer& answer) const {
    const nlohmann::json& told = answer.json.contains("error") ? part(answer.json, "error") : answer.json;
    const std::string message = text(told, "message");
    return {ErrorCode::CloudRefused, fmt::format("{}: {} (status {}{}{})", host(), meaning(answer.status), answer.status, message.empty() ? "" : ": ", message),
            answer.status, "HTTP"};
}

}  // namespace keystamp::cloud
