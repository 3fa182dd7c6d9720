// SPDX-License-Identifier: Apache-2.0
#include "flashing/linux/linux_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "flashing/linux/scripts.h"
#include "flashing/linux/shell.h"
#include "flashing/uid_text.h"

namespace keystamp::flashing::linux_shell {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kQuick{3000};
constexpr milliseconds kLong{10'000};  ///< a small board makes a key, or syncs a slow card
constexpr milliseconds kLeaving{1500};

std::map<std::string, std::string> linesOf(const std::string& text) {
    std::map<std::string, std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const std::string line = text.substr(at, end - at);
        const auto blank = line.find(' ');
        if (blank != std::string::npos) lines.emplace(line.substr(0, blank), line.substr(blank + 1));
        at = end + 1;
    }
    return lines;
}

std::optional<Digest> digestOf(const std::string& hex) {
    const auto bytes = fromHex(hex);
    if (!bytes || bytes->size() != Digest{}.size()) return {};
    Digest digest{};
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

class LinuxBoard : public Board {
public:
    LinuxBoard(Layout layout, std::unique_ptr<Link> link) : m_layout(std::move(layout)), m_link(std::move(link)), m_shell(*m_link, m_layout) {}
    /// Whatever became of the job, nobody finds its shell open.
    ~LinuxBoard() override { static_cast<void>(m_shell.leave(Deadline::in(kLeaving))); }
    LinuxBoard(const LinuxBoard&) = delete;
    LinuxBoard& operator=(const LinuxBoard&) = delete;

    bool lost() const override { return m_link->lost(); }

    Result<BoardInfo> info(Deadline deadline) override {
        const auto said = tell("look", infoScript(m_layout), kQuick, deadline);
        if (!said) return said.error();
        auto lines = linesOf(*said);
        if (lines["uid"].empty()) return Error{ErrorCode::BadConfig, "it has no serial number in its device tree and no /etc/machine-id; set uid of [driver.linux] to a command that says one"};
        m_uid = lines["uid"];
        m_foreign = lines["state"] == "foreign";
        BoardInfo info;
        info.uid = uidOfText(m_uid);
        info.family = "Linux gateway " + lines["system"];
        info.firmware = lines["release"].empty() ? "unknown" : lines["release"];
        const bool openssl = lines.contains("openssl");
        info.makesKeys = openssl && m_layout.makesKeys;
        info.proves = openssl;
        info.locks = false;
        if (const auto pending = lines.find("pending"); pending != lines.end()) info.pendingKey = digestOf(pending->second);
        if (const auto held = lines.find("credential"); held != lines.end()) info.credential = digestOf(held->second);
        if (!info.credential) return info;
        info.deviceId = lines["id"];
        info.scopeId = lines["scope"];
        return info;
    }

    Result<void> begin(Mode kind, const DeviceId& id, const std::string& scopeId, Deadline deadline) override {
        if (auto may = mayBeWritten(deadline); !may) return may;
        const auto begun = tell("begin", beginScript(m_layout, kind, id, scopeId), kQuick, deadline);
        if (!begun) return begun.error().native == kCannotWrite ? Error{ErrorCode::BadConfig, begun.error().detail} : begun.error();
        m_id = id;
        return {};
    }

    Result<Bytes> makeKey(Deadline deadline) override {
        if (!m_id) return Error{ErrorCode::BoardRefused, "no identity was begun"};
        const auto said = tell("make a key", keyScript(m_layout, *m_id), kLong, deadline);
        if (!said) return said.error();
        return unwrapped("make a key", *said);
    }

    Result<void> write(const Credential& credential, Deadline deadline) override {
        if (auto may = mayBeWritten(deadline); !may) return may;
        // What has a key in it is typed into a shell that answered just now, not into another board's login prompt.
        if (const auto same = tell("look", sameScript(m_layout, m_uid), kQuick, deadline); !same) return same.error();
        const Secret script = writeScript(m_layout, credential, m_uid, toHex(randomBytes(8)));
        const auto said = tell("write", script, kLong, deadline);
        return said ? Result<void>{} : said.error();
    }

    Result<Bytes> prove(BytesView nonce32, Deadline deadline) override {
        const auto held = info(deadline);
        if (!held) return held.error();
        const auto id = DeviceId::parse(held->deviceId);
        if (!held->credential || !id) return Error{ErrorCode::BoardRefused, "it holds no identity"};
        const auto said = tell("prove", proveScript(m_layout, proofMessage(nonce32, held->uid, *id, held->scopeId, *held->credential)), kLong, deadline);
        if (!said) return said.error();
        if (const auto hmac = digestOf(*said)) return Bytes{hmac->begin(), hmac->end()};
        return unwrapped("prove", *said);
    }

    /// Nothing locks a gateway; it is left as it was found, with its login prompt.
    Result<void> lock(Deadline deadline) override { return m_shell.leave(deadline); }

    Result<void> erase(Deadline deadline) override {
        if (auto may = mayBeWritten(deadline); !may) return may;
        const auto said = tell("erase", eraseScript(m_layout, m_uid), kLong, deadline);
        return said ? Result<void>{} : said.error();
    }

private:
    Result<void> mayBeWritten(Deadline deadline) {
        if (m_uid.empty()) {
            if (auto read = info(deadline); !read) return read.error();
        }
        return m_foreign ? Result<void>{foreign()} : Result<void>{};
    }
    Error foreign() const {
        return Error{ErrorCode::BoardRefused, fmt::format("{}/identity holds what this station did not write; move it away, or set another folder", m_layout.folder), kForeign};
    }

    Result<std::string> tell(const char* what, const std::string& script, milliseconds patience, Deadline deadline) {
        return tell(what, Secret::copyOf(script), patience, deadline);
    }
    Result<std::string> tell(const char* what, const Secret& script, milliseconds patience, Deadline deadline) {
        auto said = m_shell.run(what, script, patience, deadline);
        if (!said) return said.error();
        switch (said->status) {
            case 0: return std::move(said->text);
            case kForeign: return foreign();
            case kSwapped: return Error{ErrorCode::WrongUid, fmt::format("board {} was taken off for another one in the middle", m_uid)};
            case kNoKey: return Error{ErrorCode::BoardRefused, "the key that was made on it is gone", kNoKey};
            case kOtherKey: return Error{ErrorCode::BoardRefused, "the certificate is not for the key that was made on it", kOtherKey};
            default: return Error{ErrorCode::BoardRefused, fmt::format("{}: {}", what, said->text.empty() ? "it fails" : said->text.substr(0, 200)), said->status, "shell"};
        }
    }

    static Result<Bytes> unwrapped(const char* what, std::string base64) {
        std::erase(base64, '\n');
        auto bytes = fromBase64(base64);
        if (!bytes || bytes->empty()) return Error{ErrorCode::BoardRefused, fmt::format("{}: its openssl gives nothing", what)};
        return bytes;
    }

    const Layout m_layout;
    std::unique_ptr<Link> m_link;
    Shell m_shell;
    std::string m_uid;  ///< as the board that was read last says it
    bool m_foreign = false;
    std::optional<DeviceId> m_id;  ///< that was begun
};

}  // namespace

Result<void> checkLinuxOptions(const std::string&, const DriverOptions& options) {
    auto layout = Layout::of(options);
    if (!layout) return layout.error();
    return {};
}

Result<std::unique_ptr<Board>> openLinuxBoard(const std::string&, std::unique_ptr<Link> link, const DriverOptions& options) {
    auto layout = Layout::of(options);
    if (!layout) return layout.error();
    return std::unique_ptr<Board>{std::make_unique<LinuxBoard>(*std::move(layout), std::move(link))};
}

}  // namespace keystamp::flashing::linux_shell
