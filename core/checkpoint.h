// SPDX-License-Identifier: Apache-2.0
// What a checkpoint of the audit log says. Signer and journal must spell it alike, byte for byte.
#pragma once

#include <cstdint>
#include <string>

#include "core/bytes.h"

namespace keystamp {

/// The audit log at one size (RFC 6962 tree head).
struct TreeHead {
    std::string origin;  ///< the station's name: which log
    std::uint64_t size = 0;
    Digest root{};
};

/// `origin \n size \n base64(root) \n`, the text that is signed (after the C2SP tlog-checkpoint form).
std::string checkpointText(const TreeHead& head);

}  // namespace keystamp
