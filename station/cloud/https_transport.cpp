// SPDX-License-Identifier: Apache-2.0
// DPS over HTTPS: PUT .../register, GET .../operations/{operationId}.
#include <fmt/format.h>

#include "station/cloud/https.h"

namespace keystamp::cloud {
namespace {

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

std::unique_ptr<Transport> overHttps(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login) {
    return std::make_unique<OverHttps>(access, scopeId, id, login);
}

}  // namespace keystamp::cloud
