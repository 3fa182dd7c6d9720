// SPDX-License-Identifier: Apache-2.0
#include "tests/flashing/host_bench.h"

#include "flashing/smp/framing.h"

namespace keystamp::test {

HostBench::HostBench(Bytes uid) {
    ks_host_init(&port);
    std::copy(uid.begin(), uid.end(), port.uid);
    port.uid_length = uid.size();
    port.context = &out;
    port.send = [](void* context, const std::uint8_t* bytes, std::size_t length) {
        auto& to = *static_cast<Bytes*>(context);
        to.insert(to.end(), bytes, bytes + length);
    };
    ks_agent_init(&agent, &port);
}

HostBench::~HostBench() { ks_host_free(&port); }

void HostBench::powerCycle() {
    port.power_left = -1;
    port.power_gone = false;
    port.torn_bits = 0;
    ks_host_restart(&port);
    ks_agent_init(&agent, &port);
}

Bytes HostBench::exchange(BytesView message) {
    out.clear();
    const Bytes wire = flashing::smp::frame(message);
    ks_agent_input(&agent, wire.data(), wire.size());
    if (port.reset) powerCycle();
    flashing::smp::Deframer deframer;
    BytesView input{out};
    return deframer.take(input) == flashing::smp::Deframer::Found::Message ? toBytes(deframer.message()) : Bytes{};
}

Bytes HostBench::uid() const { return {port.uid, port.uid + port.uid_length}; }

Bytes HostBench::flash() { return toBytes(BytesView{&port.flash[0][0], sizeof port.flash}); }

Bytes HostBench::ram() { return toBytes(BytesView{reinterpret_cast<const std::uint8_t*>(&agent), sizeof agent}); }

}  // namespace keystamp::test
