// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/dps_words.h"

#include <fmt/format.h>

namespace keystamp::cloud {
namespace {

/// By the code, else by its HTTP status, which is the code's first three digits.
const char* meaning(long code) {
    switch (code) {
        case 401002: return "the credential is not one of this device: check scope ID, enrolment group and whether its CA is verified";
        case 404201: return "there is no enrolment for it: create the group, or import the device";
        case 409201: return "another enrolment has this device's ID or certificate";
        default: break;
    }
    switch (code / 1000) {
        case 400: return "the request is not one that it understands: check scope ID and device ID";
        case 401: return "the credential is refused: check scope ID, enrolment group and CA";
        case 403: return "the ID scope may not do that: check the quota and the access rules of the service";
        case 404: return "it knows no such scope, device or operation: check the scope ID";
        case 409: return "the device is being changed by somebody else: try again";
        case 412: return "the registration was changed meanwhile: try again";
        case 429: return "it has too many requests: try again later, or fewer at once";
        default: return code >= 500000 ? "the service is in trouble: try again later" : nullptr;
    }
}

}  // namespace

std::string inWords(long errorCode, const std::string& message) {
    const char* known = meaning(errorCode);
    if (known == nullptr) return fmt::format("error {}{}{}", errorCode, message.empty() ? "" : ": ", message);
    return fmt::format("{} (error {}{}{})", known, errorCode, message.empty() ? "" : ": ", message);
}

}  // namespace keystamp::cloud
