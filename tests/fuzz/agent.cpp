// SPDX-License-Identifier: Apache-2.0
// What a serial line may say to the agent: its framing, CBOR, commands and credential streams, on the host's port. Whatever comes, what
// it answers is well-formed, what it holds survives a restart, and what it holds it can prove.
//
// Chunks: R bytes of the line as they come, M a message, which is framed for it, C a credential stream, which is put and committed with
// the length and SHA-256 that belong to it, P a power cut.
#include <algorithm>

#include "tests/flashing/host_bench.h"
#include "tests/fuzz/chunks.h"

namespace {

using namespace keystamp;
using fuzz::must;
using nlohmann::json;
using test::bytesOf;

constexpr std::size_t kPut = 512;

void checkReply(const Bytes& reply) {
    if (reply.empty()) return;
    must(reply.size() >= KS_SMP_HEADER && (reply[0] & 1) == 1);
    must(reply.size() - KS_SMP_HEADER == static_cast<std::size_t>(reply[2] << 8 | reply[3]));
    must(json::from_cbor(reply.begin() + KS_SMP_HEADER, reply.end()).is_object());
}

void raw(test::HostBench& bench, BytesView bytes) {
    bench.out.clear();
    ks_agent_input(&bench.agent, bytes.data(), bytes.size());
    if (bench.port.reset) bench.powerCycle();
}

void credential(test::HostBench& bench, BytesView stream) {
    for (std::size_t at = 0; at < stream.size(); at += kPut) {
        const BytesView part = stream.subspan(at, std::min(kPut, stream.size() - at));
        if (bench.rc(KS_CMD_PUT, {{"off", at}, {"data", bytesOf(part)}}) != 0) return;
    }
    const int rc = bench.rc(KS_CMD_COMMIT, {{"len", stream.size()}, {"sha", bytesOf(sha256(stream))}});
    if (rc != 0) return;
    must(bench.rc(KS_CMD_PROVE, {{"nonce", bytesOf(Bytes(32))}}) == 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    test::HostBench bench{{0x4B, 0x53}};
    for (const auto& [kind, bytes] : fuzz::chunksOf({data, size})) {
        switch (kind) {
            case 'R': raw(bench, bytes); break;
            case 'M':
                if (!bytes.empty() && bytes.size() <= KS_MESSAGE_MAX) checkReply(bench.exchange(bytes));
                break;
            case 'C': credential(bench, bytes); break;
            case 'P': bench.powerCycle(); break;
            default: break;
        }
    }
    const auto before = bench.ask(KS_CMD_INFO);
    bench.powerCycle();
    const auto after = bench.ask(KS_CMD_INFO);
    must(before && after && *before == *after);
    must(bench.rc(KS_CMD_PROVE, {{"nonce", bytesOf(Bytes(32))}}) == (before->contains("cred") ? 0 : KS_RC_EMPTY));
    return 0;
}
