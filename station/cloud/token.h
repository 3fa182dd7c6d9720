// SPDX-License-Identifier: Apache-2.0
// Shared access signatures of DPS ("Control access to Azure IoT Hub Device Provisioning Service by using shared access signatures").
#pragma once

#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/secret.h"

namespace keystamp::cloud {

/// `SharedAccessSignature sr={resource}&sig=...&se={expiry}&skn=registration`: an HMAC-SHA256 by the device's key over
/// "{resource}\n{expiry}", the resource as it stands in the token, so percent-encoded where it is sent so. Whoever has it can
/// register that device until it expires. Internal where OpenSSL fails.
Result<Secret> registrationToken(std::string_view resource, UtcTime expiry, const Secret& deviceKey);

}  // namespace keystamp::cloud
