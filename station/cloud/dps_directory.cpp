// SPDX-License-Identifier: Apache-2.0
// Individual enrolments by the service API of DPS: GET /enrollments/{registrationId}, and POST /enrollments with ten at most. By certificate:
// a device with a SAS key is opened by its group, whose key never leaves the HSM.
#include <fmt/format.h>

#include "station/cloud/directories.h"
#include "station/cloud/json_fields.h"
#include "station/cloud/service_call.h"

namespace keystamp::cloud {
namespace {

constexpr std::size_t kMost = 10;
constexpr const char* kVersion = "api-version=2021-10-01";

nlohmann::json enrolment(const Device& device) {
    const nlohmann::json certificate{{"certificate", pemOf(device.certificate)}};
    return {{"registrationId", device.id.text()},
            {"deviceId", device.id.text()},
            {"provisioningStatus", "enabled"},
            {"attestation", {{"type", "x509"}, {"x509", {{"clientCertificates", {{"primary", certificate}}}}}}}};
}

/// Of the certificate that the device is enrolled with, upper case.
std::string thumbprint(const nlohmann::json& enrolled) {
    const auto& certificates = part(part(part(enrolled, "attestation"), "x509"), "clientCertificates");
    std::string shown = text(part(part(certificates, "primary"), "info"), "sha256Thumbprint");
    for (char& c : shown) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return shown;
}

class DpsDirectory : public Directory {
public:
    DpsDirectory(const PushTarget& target, const PushWay& way) : m_call(target, way) {}

    std::size_t atOnce() const override { return kMost; }
    bool holds(const Device& device) const override { return !device.certificate.empty(); }

    Result<Found> look(const Device& device) override {
        const auto answer = m_call.ask("GET", fmt::format("/enrollments/{}?{}", device.id.text(), kVersion), {}, true);
        if (!answer) return answer.error();
        if (answer->status == 404) return Found{};
        if (text(answer->json, "registrationId") != device.id.text()) return Error{ErrorCode::CloudUnreachable, m_call.host() + ": its answer is about another device; it is no DPS"};
        if (text(answer->json, "provisioningStatus") == "disabled") return Found{Standing::Blocked, "its enrolment is disabled there"};
        if (thumbprint(answer->json) == toHexUpper(sha256(BytesView{device.certificate}))) return Found{Standing::Right};
        return Found{Standing::Other, "it is enrolled with another certificate there: delete that enrolment if it is this device's older one"};
    }

    Result<std::vector<std::optional<Error>>> create(std::span<const Device> devices) override {
        nlohmann::json body{{"mode", "create"}, {"enrollments", nlohmann::json::array()}};
        for (const Device& device : devices) body["enrollments"].push_back(enrolment(device));
        const auto answer = m_call.ask("POST", fmt::format("/enrollments?{}", kVersion), body);
        if (!answer) return answer.error();
        std::vector<std::optional<Error>> all(devices.size());
        const auto errors = answer->json.find("errors");
        if (errors == answer->json.end() || !errors->is_array()) return all;
        for (const auto& error : *errors) {
            for (std::size_t n = 0; n < devices.size() && error.is_object(); ++n) {
                if (text(error, "registrationId") != devices[n].id.text()) continue;
                all[n] = Error{ErrorCode::CloudRefused, fmt::format("{}: {}", m_call.host(), text(error, "errorStatus")), number(error, "errorCode"), "DPS"};
            }
        }
        return all;
    }

    Result<void> approve(const Device&) override { return {}; }  // nothing waits there

private:
    const ServiceCall m_call;
};

}  // namespace

std::unique_ptr<Directory> dpsDirectory(const PushTarget& target, const PushWay& way) { return std::make_unique<DpsDirectory>(target, way); }

}  // namespace keystamp::cloud
