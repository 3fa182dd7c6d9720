// SPDX-License-Identifier: Apache-2.0
#include "tests/flashing/agent_bench.h"

#include <algorithm>
#include <array>

#include "flashing/board.h"
#include "tests/support/crypto.h"

namespace keystamp::test {
namespace {

using nlohmann::json;

std::uint8_t opOf(std::uint8_t command) {
    return command == KS_CMD_INFO || command == KS_CMD_CSR || command == KS_CMD_PROVE ? KS_OP_READ : KS_OP_WRITE;
}

void part(Bytes& stream, unsigned type, BytesView value) {
    stream.push_back(static_cast<std::uint8_t>(type));
    stream.push_back(static_cast<std::uint8_t>(value.size() >> 8));
    stream.push_back(static_cast<std::uint8_t>(value.size()));
    stream.insert(stream.end(), value.begin(), value.end());
}

}  // namespace

Bytes messageOf(std::uint8_t sequence, std::uint8_t command, const json& map) {
    const Bytes body = json::to_cbor(map);
    const std::array<std::uint8_t, KS_SMP_HEADER> header{static_cast<std::uint8_t>((KS_SMP_VERSION << 3) | opOf(command)), 0,
                                                         static_cast<std::uint8_t>(body.size() >> 8), static_cast<std::uint8_t>(body.size()),
                                                         KS_GROUP >> 8, KS_GROUP & 0xFF, sequence, command};
    Bytes message(header.size() + body.size());
    std::copy(body.begin(), body.end(), std::copy(header.begin(), header.end(), message.begin()));
    return message;
}

json bytesOf(BytesView bytes) { return json::binary(toBytes(bytes)); }

std::optional<json> AgentBench::ask(std::uint8_t command, const json& map) {
    const Bytes message = messageOf(m_sequence++, command, map);
    const Bytes reply = exchange(message);
    if (powerGone() || reply.size() < KS_SMP_HEADER) return {};
    if (reply[6] != message[6] || reply[7] != command || (reply[0] & 7) != opOf(command) + 1) return {};
    return json::from_cbor(reply.begin() + KS_SMP_HEADER, reply.end());
}

int AgentBench::rc(std::uint8_t command, const json& map) {
    const auto reply = ask(command, map);
    if (!reply) return -1;
    if (reply->contains("err")) return (*reply)["err"]["rc"].get<int>();
    return reply->contains("rc") ? (*reply)["rc"].get<int>() : 0;
}

Stream sasStream(const std::string& id) {
    Stream made;
    made.id = id;
    made.secret = randomBytes(32);
    part(made.stream, KS_PART_SAS_KEY, made.secret);
    made.credential = sha256(made.secret);
    return made;
}

Stream x509Stream(const std::string& id, BytesView key, BytesView publicKey) {
    static const Bytes kCa = newKey();
    static const Bytes kIntermediate = newCertificate(publicKeyOf(kCa), "intermediate", kCa);
    Stream made;
    made.mode = KS_MODE_X509;
    made.id = id;
    made.secret = newCertificate(key.empty() ? toBytes(publicKey) : publicKeyOf(key), id, kCa);
    part(made.stream, KS_PART_LEAF, made.secret);
    part(made.stream, KS_PART_INTERMEDIATE, kIntermediate);
    if (!key.empty()) part(made.stream, KS_PART_PRIVATE_KEY, key);
    made.credential = sha256(made.secret);
    return made;
}

bool provision(AgentBench& bench, const Stream& stream, std::size_t step) {
    if (bench.rc(KS_CMD_BEGIN, {{"mode", stream.mode}, {"id", stream.id}, {"scope", stream.scope}}) != 0) return false;
    const BytesView whole{stream.stream};
    for (std::size_t at = 0; at < whole.size(); at += step) {
        const auto data = bytesOf(whole.subspan(at, std::min(step, whole.size() - at)));
        if (bench.rc(KS_CMD_PUT, {{"off", at}, {"data", data}}) != 0) return false;
    }
    return bench.rc(KS_CMD_COMMIT, {{"len", whole.size()}, {"sha", bytesOf(sha256(whole))}}) == 0;
}

bool holds(AgentBench& bench, const Stream& stream) {
    const auto info = bench.ask(KS_CMD_INFO);
    if (!info || !info->contains("cred") || (*info)["cred"] != bytesOf(stream.credential)) return false;
    if ((*info)["id"] != stream.id || (*info)["scope"] != stream.scope || (*info)["mode"] != stream.mode) return false;
    const Bytes nonce = randomBytes(32);
    const auto proof = bench.ask(KS_CMD_PROVE, {{"nonce", bytesOf(nonce)}});
    if (!proof || !proof->contains("proof")) return false;
    flashing::Prover prover;
    prover.kind = stream.mode == KS_MODE_SAS ? Mode::Sas : Mode::X509;
    if (prover.kind == Mode::Sas) prover.sasKey = Secret::copyOf(BytesView{stream.secret});
    else prover.leaf = stream.secret;
    const Bytes message = flashing::proofMessage(nonce, bench.uid(), *DeviceId::parse(stream.id), stream.scope, stream.credential);
    return flashing::checkProof(prover, message, (*proof)["proof"].get_binary()).ok();
}

bool isBlank(AgentBench& bench) {
    const auto info = bench.ask(KS_CMD_INFO);
    return info && !info->contains("cred") && !info->contains("id") &&
           bench.rc(KS_CMD_PROVE, {{"nonce", bytesOf(Bytes(32))}}) == KS_RC_EMPTY;
}

}  // namespace keystamp::test
