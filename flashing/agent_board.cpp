// SPDX-License-Identifier: Apache-2.0
#include "flashing/agent_board.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/agent/protocol.h"
#include "flashing/smp/client.h"

namespace keystamp::flashing {
namespace {

using nlohmann::json;
using smp::Body;
using smp::Command;
using smp::Op;
using smp::Patience;
using std::chrono::milliseconds;

constexpr Command kInfo{Op::Read, KS_GROUP, KS_CMD_INFO, "info"};
constexpr Command kBegin{Op::Write, KS_GROUP, KS_CMD_BEGIN, "begin"};
constexpr Command kKeygen{Op::Write, KS_GROUP, KS_CMD_KEYGEN, "keygen"};
constexpr Command kCsr{Op::Read, KS_GROUP, KS_CMD_CSR, "csr"};
constexpr Command kPut{Op::Write, KS_GROUP, KS_CMD_PUT, "put"};
constexpr Command kCommit{Op::Write, KS_GROUP, KS_CMD_COMMIT, "commit"};
constexpr Command kProve{Op::Read, KS_GROUP, KS_CMD_PROVE, "prove"};
constexpr Command kLock{Op::Write, KS_GROUP, KS_CMD_LOCK, "lock"};
constexpr Command kErase{Op::Write, KS_GROUP, KS_CMD_ERASE, "erase"};
constexpr Command kReset{Op::Write, KS_GROUP_OS, KS_OS_RESET, "reset"};

/// A board that has just been powered, or was told to restart, loses what is sent before its UART is on.
constexpr Patience kWhileStarting{milliseconds{500}, 4};
/// A commit or an erase on a slow flash, a key on a slow processor.
constexpr Patience kUsual{milliseconds{3000}, 2};

/// Of a message, what is not data in a put: header, map, keys, numbers.
constexpr std::size_t kPutOverhead = KS_SMP_HEADER + 24;
constexpr std::size_t kMessageLeast = 256;   ///< what every agent takes (PROTOCOL.md)
constexpr std::size_t kMessageMost = 4096;
constexpr std::size_t kCsrMost = 4096;

Error nonsense(const Command& command, const char* key) {
    return Error{ErrorCode::BoardNonsense, fmt::format("{}: the reply has no usable '{}'", command.name, key)};
}

/// Fields of a reply; the first that is missing or of another type spoils all.
class Reply {
public:
    Reply(const Command& command, const json& map) : m_command(command), m_map(map) {}

    bool has(const char* key) const { return m_map.contains(key); }
    Bytes bytes(const char* key, std::size_t least, std::size_t most) {
        const auto found = m_map.find(key);
        if (found != m_map.end() && found->is_binary()) {
            const auto& value = found->get_binary();
            if (value.size() >= least && value.size() <= most) return {value.begin(), value.end()};
        }
        return spoil(key), Bytes{};
    }
    Digest digest(const char* key) {
        Digest digest{};
        const Bytes value = bytes(key, digest.size(), digest.size());
        std::copy(value.begin(), value.end(), digest.begin());
        return digest;
    }
    std::string text(const char* key, std::size_t most) {
        const auto found = m_map.find(key);
        if (found != m_map.end() && found->is_string()) {
            const auto& value = found->get_ref<const std::string&>();
            const bool plain = std::all_of(value.begin(), value.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
            if (value.size() <= most && plain) return value;
        }
        return spoil(key), std::string{};
    }
    std::size_t number(const char* key, std::size_t least, std::size_t most) {
        const auto found = m_map.find(key);
        if (found != m_map.end() && found->is_number_unsigned()) {
            const auto value = found->get<std::uint64_t>();
            if (value >= least && value <= most) return value;
        }
        return spoil(key), least;
    }
    bool flag(const char* key) {
        const auto found = m_map.find(key);
        if (found != m_map.end() && found->is_boolean()) return found->get<bool>();
        return spoil(key), false;
    }
    bool good() const { return m_spoilt == nullptr; }
    Error error() const { return nonsense(m_command, m_spoilt); }

private:
    void spoil(const char* key) {
        if (m_spoilt == nullptr) m_spoilt = key;
    }
    Command m_command;
    const json& m_map;
    const char* m_spoilt = nullptr;
};

/// The credential stream (PROTOCOL.md): parts of type, 16-bit length, value.
Secret streamOf(const Credential& credential) {
    std::size_t size = credential.privateKey.empty() ? 0 : 3 + credential.privateKey.size();
    size += credential.sasKey.empty() ? 0 : 3 + credential.sasKey.size();
    for (const Bytes& certificate : credential.chain) size += 3 + certificate.size();
    Secret stream(size);
    auto at = stream.bytes().begin();
    const auto put = [&at](unsigned type, BytesView value) {
        if (value.empty()) return;
        *at++ = static_cast<std::uint8_t>(type);
        *at++ = static_cast<std::uint8_t>(value.size() >> 8);
        *at++ = static_cast<std::uint8_t>(value.size());
        at = std::copy(value.begin(), value.end(), at);
    };
    for (std::size_t i = 0; i < credential.chain.size(); ++i) {
        put(i == 0 ? KS_PART_LEAF : KS_PART_INTERMEDIATE, credential.chain[i]);
    }
    put(KS_PART_PRIVATE_KEY, credential.privateKey.view());
    put(KS_PART_SAS_KEY, credential.sasKey.view());
    return stream;
}

class AgentBoard : public Board {
public:
    explicit AgentBoard(std::unique_ptr<Link> link) : m_link(std::move(link)), m_client(*m_link) {}

    bool lost() const override { return m_link->lost(); }

    Result<BoardInfo> info(Deadline deadline) override {
        const auto map = m_client.request(kInfo, empty(), kWhileStarting, deadline);
        if (!map) return map.error();
        Reply reply{kInfo, *map};
        BoardInfo info;
        reply.number("ver", 1, 1);
        info.uid = reply.bytes("uid", 1, KS_UID_MAX);
        info.family = reply.text("fam", 64);
        info.firmware = reply.text("fw", 64);
        const std::size_t caps = reply.number("caps", 0, 0xFFFFFFFF);
        info.makesKeys = (caps & KS_CAP_KEYGEN) != 0;
        info.proves = (caps & KS_CAP_PROVE) != 0;
        info.locked = reply.flag("lock");
        const std::size_t most = reply.number("max", kMessageLeast, 0xFFFFFFFF);
        if (reply.has("cred")) {
            info.credential = reply.digest("cred");
            info.deviceId = reply.text("id", KS_ID_MAX);
            info.scopeId = reply.text("scope", KS_SCOPE_MAX);
        }
        if (reply.has("pend")) info.pendingKey = reply.digest("pend");
        if (!reply.good()) return reply.error();
        m_messageMost = std::min(most, kMessageMost);
        return info;
    }

    Result<void> begin(Mode kind, const DeviceId& id, const std::string& scopeId, Deadline deadline) override {
        Body body(64 + id.text().size() + scopeId.size());
        body.map(3).key("mode").number(kind == Mode::Sas ? KS_MODE_SAS : KS_MODE_X509);
        body.key("id").text(id.text()).key("scope").text(scopeId);
        return done(m_client.request(kBegin, body.view(), kUsual, deadline));
    }

    Result<Bytes> makeKey(Deadline deadline) override {
        auto map = m_client.request(kKeygen, empty(), kUsual, deadline);
        if (!map) return map.error();
        Bytes csr;
        for (Command command = kKeygen;; command = kCsr) {
            Reply reply{command, *map};
            const std::size_t length = reply.number("len", 1, kCsrMost);
            reply.number("off", csr.size(), csr.size());
            const Bytes part = reply.bytes("data", 1, length - std::min(length, csr.size()));
            if (!reply.good()) return reply.error();
            csr.insert(csr.end(), part.begin(), part.end());
            if (csr.size() == length) return csr;
            Body body(16);
            body.map(1).key("off").number(csr.size());
            map = m_client.request(kCsr, body.view(), kUsual, deadline);
            if (!map) return map.error();
        }
    }

    Result<void> write(const Credential& credential, Deadline deadline) override {
        if (m_messageMost == 0) {
            if (auto read = info(deadline); !read) return read.error();
        }
        const Secret stream = streamOf(credential);
        const std::size_t step = (m_messageMost - kPutOverhead) / KS_PUT_ALIGN * KS_PUT_ALIGN;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            const BytesView part = stream.view().subspan(at, std::min(step, stream.size() - at));
            Body body(kPutOverhead + part.size());
            body.map(2).key("off").number(at).key("data").bytes(part);
            const auto map = m_client.request(kPut, body.view(), kUsual, deadline);
            if (!map) return map.error();
            Reply reply{kPut, *map};
            reply.number("off", at + part.size(), at + part.size());
            if (!reply.good()) return reply.error();
        }
        const Digest digest = sha256(stream.view());
        Body body(64);
        body.map(2).key("len").number(stream.size()).key("sha").bytes(digest);
        const auto map = m_client.request(kCommit, body.view(), kUsual, deadline);
        if (!map) return map.error();
        Reply reply{kCommit, *map};
        const Digest held = reply.digest("cred");
        if (!reply.good()) return reply.error();
        if (held != credentialDigest(credential)) {
            return Error{ErrorCode::BoardNonsense, "commit: the board committed something else"};
        }
        return {};
    }

    Result<Bytes> prove(BytesView nonce32, Deadline deadline) override {
        if (auto restarted = done(m_client.request(kReset, empty(), kUsual, deadline)); !restarted) return restarted.error();
        Body body(64);
        body.map(1).key("nonce").bytes(nonce32);
        const auto map = m_client.request(kProve, body.view(), Patience{milliseconds{500}, 20}, deadline);
        if (!map) return map.error();
        Reply reply{kProve, *map};
        Bytes proof = reply.bytes("proof", 1, 1024);
        if (!reply.good()) return reply.error();
        return proof;
    }

    Result<void> lock(Deadline deadline) override { return done(m_client.request(kLock, empty(), kUsual, deadline)); }
    Result<void> erase(Deadline deadline) override { return done(m_client.request(kErase, empty(), kUsual, deadline)); }

private:
    static BytesView empty() {
        static constexpr std::array<std::uint8_t, 1> kEmptyMap{0xA0};
        return kEmptyMap;
    }
    static Result<void> done(const Result<json>& map) {
        if (!map) return map.error();
        return {};
    }

    std::unique_ptr<Link> m_link;
    smp::Client m_client;
    std::size_t m_messageMost = 0;  ///< of the board; 0 until it was asked
};

}  // namespace

Result<void> checkAgentOptions(const std::string&, const DriverOptions& options) {
    if (options.empty()) return {};
    return Error{ErrorCode::BadConfig, options.begin()->first + " is not a key here; the driver agent has none"};
}

Result<std::unique_ptr<Board>> openAgentBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options) {
    if (auto good = checkAgentOptions(driver, options); !good) return good.error();
    return std::unique_ptr<Board>{std::make_unique<AgentBoard>(std::move(link))};
}

}  // namespace keystamp::flashing
