// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "station/cloud/directory.h"
#include "station/cloud/https.h"

namespace keystamp::cloud {

/// A question to a service whose answers are JSON.
class ServiceCall {
public:
    ServiceCall(const PushTarget& target, const PushWay& way) : m_access(way.access), m_way(way) { m_access.endpoint = target.host; }

    struct Answer {
        long status = 0;
        nlohmann::json json;
    };
    /// Below 300, or 404 where `mayBeAbsent`; else CloudRefused in words. Waits where the service is busy.
    Result<Answer> ask(const char* method, const std::string& path, const nlohmann::json& body = {}, bool mayBeAbsent = false) const;
    const std::string& host() const { return m_access.endpoint; }

private:
    Error refusal(const Answer& answer) const;

    Access m_access;
    PushWay m_way;
    mutable Connection m_connection;
};

}  // namespace keystamp::cloud
