// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "flashing/agent/protocol.h"
#include "flashing/smp/framing.h"

namespace keystamp::test {

/// The frame that answers a framed request with this map, which may be anything.
inline Bytes smpReply(BytesView request, BytesView map) {
    flashing::smp::Deframer deframer;
    deframer.take(request);
    Bytes reply = toBytes(deframer.message().first(KS_SMP_HEADER));
    reply[0] = static_cast<std::uint8_t>(reply[0] + 1);
    reply[2] = static_cast<std::uint8_t>(map.size() >> 8);
    reply[3] = static_cast<std::uint8_t>(map.size());
    reply.insert(reply.end(), map.begin(), map.end());
    return flashing::smp::frame(reply);
}

}  // namespace keystamp::test
