// SPDX-License-Identifier: Apache-2.0
// Devices by IoT Central's REST API: GET, PUT and PATCH /api/devices/{deviceId}.
#include <fmt/format.h>

#include "station/cloud/directories.h"
#include "station/cloud/json_fields.h"
#include "station/cloud/service_call.h"

namespace keystamp::cloud {
namespace {

class CentralDirectory : public Directory {
public:
    CentralDirectory(const PushTarget& target, const PushWay& way) : m_template(target.deviceTemplate), m_call(target, way) {}

    std::size_t atOnce() const override { return 1; }
    bool holds(const Device&) const override { return true; }

    Result<Found> look(const Device& device) override {
        const auto answer = m_call.ask("GET", path(device), {}, true);
        if (!answer) return answer.error();
        if (answer->status == 404) return Found{};
        if (text(answer->json, "id") != device.id.text()) return Error{ErrorCode::CloudUnreachable, m_call.host() + ": its answer is about another device; it is no IoT Central"};
        // the API tells a blocked device and one that waits for approval alike: both are a person's to enable
        if (!answer->json.value("enabled", false)) return Found{Standing::Blocked, "it is blocked there, or waits for approval"};
        const std::string associated = text(answer->json, "template");
        if (m_template.empty() || associated == m_template) return Found{Standing::Right};
        if (associated.empty()) return Found{Standing::Loose};
        return Found{Standing::Other, fmt::format("it is associated with {} there", associated)};
    }

    Result<std::vector<std::optional<Error>>> create(std::span<const Device> devices) override {
        std::vector<std::optional<Error>> all;
        for (const Device& device : devices) {
            nlohmann::json body{{"displayName", device.name}, {"simulated", false}, {"enabled", true}};
            if (!m_template.empty()) body["template"] = m_template;
            const auto answer = m_call.ask("PUT", path(device), body);
            all.push_back(answer ? std::nullopt : std::optional{answer.error()});
        }
        return all;
    }

    Result<void> approve(const Device& device) override {
        const auto answer = m_call.ask("PATCH", path(device), nlohmann::json{{"template", m_template}});
        return answer ? Result<void>{} : answer.error();
    }

private:
    static std::string path(const Device& device) { return fmt::format("/api/devices/{}?api-version=2022-07-31", device.id.text()); }

    const std::string m_template;
    const ServiceCall m_call;
};

}  // namespace

std::unique_ptr<Directory> centralDirectory(const PushTarget& target, const PushWay& way) { return std::make_unique<CentralDirectory>(target, way); }

}  // namespace keystamp::cloud
