// SPDX-License-Identifier: Apache-2.0
// DPS over HTTPS: PUT .../register, GET .../operations/{operationId}.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "station/cloud/https.h"
#include "station/cloud/token.h"

namespace keystamp::cloud {
namespace {

constexpr std::chrono::minutes kTokenLife{10};

class OverHttps : public Transport {
public:
    OverHttps(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login)
        : m_access(access), m_scopeId(scopeId), m_id(id), m_login(login) {}

    Result<Reply> ask(const std::string& operation, Deadline deadline, const std::atomic<bool>& stop) override {
        const std::string device = fmt::format("/{}/registrations/{}", m_scopeId, m_id.text());
        HttpsRequest request{"PUT", fmt::format("{}/register?{}", device, kApiVersion), registrationBody(m_id)};
        if (!operation.empty()) request = {"GET", fmt::format("{}/operations/{}?{}", device, operation, kApiVersion)};
        Secret token;
        if (const auto* key = std::get_if<Secret>(&m_login)) {
            auto made = tokenOf(m_scopeId, m_id, *key);
            if (!made) return made.error();
            token = *std::move(made);
            request.authorization = &token;
        } else {
            request.certificate = &std::get<ClientCertificate>(m_login);
        }
        return cloud::ask(m_access, request, deadline, stop);
    }

private:
    const Access& m_access;
    const std::string m_scopeId;
    const DeviceId m_id;
    const DeviceLogin& m_login;
};

}  // namespace

std::string registrationBody(const DeviceId& id) { return nlohmann::json{{"registrationId", id.text()}}.dump(); }

std::string resourceOf(const std::string& scopeId, const DeviceId& id) { return fmt::format("{}%2Fregistrations%2F{}", scopeId, id.text()); }

Result<Secret> tokenOf(const std::string& scopeId, const DeviceId& id, const Secret& key) {
    return registrationToken(resourceOf(scopeId, id), utcNow() + kTokenLife, key);
}

std::unique_ptr<Transport> overHttps(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login) {
    return std::make_unique<OverHttps>(access, scopeId, id, login);
}

}  // namespace keystamp::cloud
