// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/layout.h"

#include <fmt/format.h>

#include <set>

#include "flashing/esp32/loader.h"
#include "flashing/esp32/nvs.h"
#include "flashing/esp32/partitions.h"
#include "flashing/esp32/secure_cert.h"
#include "flashing/options.h"

namespace keystamp::flashing::esp32 {
namespace {

Result<void> take(Layout& layout, const std::string& key, const std::string& value) {
    const std::pair<std::string_view, std::string*> names[] = {
        {"namespace", &layout.nameSpace}, {"scope_id", &layout.scopeId},     {"device_id", &layout.deviceId},
        {"sas_key", &layout.sasKey},      {"certificate", &layout.certificate}, {"private_key", &layout.privateKey}};
    for (const auto& [name, into] : names) {
        if (key != name) continue;
        if (value.empty() || value.size() > kNvsKeyMost) return badOption(key, fmt::format("has 1 to {} characters", kNvsKeyMost));
        *into = value;
        return {};
    }
    if (key == "partition") {
        layout.partition = value;
        return value.empty() || value.size() > 15 ? badOption(key, "is a label of 1 to 15 characters") : Result<void>{};
    }
    if (key == "store") {
        layout.inSecureCert = value == kSecureCertLabel;
        return value == "nvs" || layout.inSecureCert ? Result<void>{} : badOption(key, fmt::format("is nvs or {}", kSecureCertLabel));
    }
    const auto number = optionNumber(value);
    if (!number) return badOption(key, "is a number, 4096 or 0x1000");
    if (key == "baud") {
        layout.baud = static_cast<int>(*number);
        return *number < 9600 || *number > 4'000'000 ? badOption(key, "is from 9600 to 4000000") : Result<void>{};
    }
    if (*number % kSector != 0) return badOption(key, "is a multiple of 0x1000, the flash's sector");
    if (key == "offset") layout.offset = *number;
    if (key == "table") layout.table = *number;
    if (key == "secure_cert_offset") layout.secureCertOffset = *number;
    if (key == "size") {
        layout.size = *number;
        if (*number < kNvsLeast || *number > kPartitionMost) return badOption(key, "is from 0x3000 to 0x10000");
    }
    if (key == "secure_cert_size") {
        layout.secureCertSize = *number;
        if (*number < kSector || *number > kPartitionMost) return badOption(key, "is from 0x1000 to 0x10000");
    }
    return {};
}

}  // namespace

Result<Layout> Layout::of(const DriverOptions& options) {
    static const std::set<std::string> kKnown{"partition", "offset", "size", "table", "namespace", "scope_id", "device_id",
                                              "sas_key", "certificate", "private_key", "baud", "store", "secure_cert_offset",
                                              "secure_cert_size"};
    Layout layout;
    for (const auto& [key, value] : options) {
        if (!kKnown.contains(key)) return badOption(key, "is not a key here");
        if (auto taken = take(layout, key, value); !taken) return taken.error();
    }
    const std::set<std::string> names{layout.scopeId, layout.deviceId, layout.sasKey, layout.certificate, layout.privateKey};
    if (names.size() != 5) return badOption("scope_id, device_id, sas_key, certificate and private_key", "need five names");
    return layout;
}

}  // namespace keystamp::flashing::esp32
