// SPDX-License-Identifier: Apache-2.0
// PEM (RFC 7468) in secure memory, for it may be a key.
#pragma once

#include <string_view>
#include <vector>

#include "core/secret.h"

namespace keystamp::flashing {

constexpr std::string_view kCertificateLabel = "CERTIFICATE";
constexpr std::string_view kPrivateKeyLabel = "PRIVATE KEY";

Secret pemOf(std::string_view label, const Secret& base64);
/// Certificates one after another.
Secret pemOf(const std::vector<Bytes>& certificates);
/// The DER of the block that `text` begins with; empty where it is none.
Secret derOf(std::string_view text, std::string_view label);

}  // namespace keystamp::flashing
