// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/scripted_board.h"

#include <fmt/format.h>

#include <type_traits>
#include <utility>

#include "flashing/console/console_csr.h"
#include "flashing/console/holding.h"
#include "flashing/console/script.h"

namespace keystamp::flashing::console {
namespace {

constexpr int kWakes = 4;        ///< times that a console is spoken to until it answers
constexpr int kWriteTries = 2;   ///< once is hearsay: the line may have garbled the first

class ScriptedBoard : public Board {
public:
    ScriptedBoard(Profile profile, Values options, std::unique_ptr<Link> link, Transcript transcript)
        : m_profile(std::move(profile)), m_options(std::move(options)), m_link(std::move(link)), m_console(*m_link, m_profile),
          m_script(m_console, m_profile, std::move(transcript)) {}

    /// A finished board leaves the fixture, and the next one is spoken to from the beginning.
    bool lost() const override { return m_finished || m_link->lost(); }

    /// Asked twice: nothing that a console says has a checksum.
    Result<BoardInfo> info(Deadline deadline) override {
        if (auto awake = wake(deadline); !awake) return awake.error();
        auto first = twice([&] { return look(deadline); }, deadline);
        if (!first) return first.error();
        auto second = look(deadline);
        if (!second) return second.error();
        const bool same = first->info.uid == second->info.uid && first->info.credential == second->info.credential &&
                          first->info.deviceId == second->info.deviceId && first->info.scopeId == second->info.scopeId;
        if (!same) return Error{ErrorCode::BoardNonsense, "it says one thing of itself and then another"};
        m_uid = second->info.uid;
        return std::move(second->info);
    }

    Result<void> begin(Mode kind, const DeviceId& id, const std::string& scopeId, Deadline) override {
        if (!m_profile.has(kind == Mode::Sas ? Act::WriteSas : Act::WriteX509)) {
            return Error{ErrorCode::BadConfig, fmt::format("{} takes no {} credentials: its profile {} has no steps to write one; use a batch of another mode",
                                                           m_profile.name, keystamp::name(kind), m_profile.file)};
        }
        if (m_pending && m_pending->id != id.text()) m_pending.reset();
        m_begun = Begun{id.text(), scopeId};
        return {};
    }

    Result<Bytes> makeKey(Deadline deadline) override {
        if (!m_profile.has(Act::MakeKey)) return Error{ErrorCode::BoardRefused, "its console makes no keys"};
        if (!m_begun) return Error{ErrorCode::BoardRefused, "no session was begun"};
        if (auto same = sameBoard(deadline); !same) return same.error();
        if (m_pending && m_pending->uid == m_uid) return m_pending->request.csr;
        auto request = twice([&] { return makeKeyOnce(deadline); }, deadline);
        if (!request) return request.error();
        m_pending = Pending{m_begun->id, m_uid, *std::move(request)};
        return m_pending->request.csr;
    }

    Result<void> write(const Credential& credential, Deadline deadline) override {
        if (auto begun = begin(credential.kind, credential.id, credential.scopeId, deadline); !begun) return begun;
        const auto values = valuesOf(m_profile, m_options, credential);
        if (!values) return values.error();
        const bool keyOnBoard = credential.kind == Mode::X509 && credential.privateKey.empty();
        for (int tries = 1;; ++tries) {
            // Nothing locks a console: a finished board that was put on since would lose its identity.
            if (auto same = sameBoard(deadline); !same) return same;
            auto written = writeOnce(credential, *values, keyOnBoard, deadline);
            if (written) break;
            if (!mayBeTheLines(written.error()) || tries == kWriteTries) return written;
        }
        m_pending.reset();
        return {};
    }

    Result<Bytes> prove(BytesView, Deadline) override { return Error{ErrorCode::BoardRefused, "its console proves nothing"}; }

    Result<void> lock(Deadline deadline) override {
        if (auto awake = wake(deadline); !awake) return awake;
        Values values = copyOf(m_options);
        for (const Act act : {Act::Lock, Act::Finish}) {
            if (auto done = m_script.run(act, values, false, deadline); !done) return done;
        }
        m_finished = true;
        return {};
    }

    Result<void> erase(Deadline deadline) override {
        m_pending.reset();
        m_written.reset();
        return twice([&]() -> Result<void> {
            if (auto same = sameBoard(deadline); !same) return same;
            Values values = copyOf(m_options);
            return m_script.run(Act::Erase, values, false, deadline);
        }, deadline);
    }

private:
    struct Look {
        BoardInfo info;
        Values captured;
    };
    struct Begun {
        std::string id, scopeId;
    };
    struct Pending {
        std::string id;
        Bytes uid;
        Request request;
    };
    struct Written {
        Bytes uid;
        Digest credential{};
        std::string id, scopeId;
    };

    /// A board also says no, and means it, to what the line made of a command.
    static bool mayBeTheLines(const Error& error) { return error.code == ErrorCode::BoardRefused || error.code == ErrorCode::BoardNonsense; }

    template <typename Act>
    std::invoke_result_t<Act> twice(Act act, Deadline deadline) {
        auto done = act();
        if (done || !mayBeTheLines(done.error())) return done;
        m_console.settle("", deadline);
        return act();
    }

    static Values copyOf(const Values& values) {
        Values copy;
        for (const auto& [name, value] : values) copy.emplace(name, value.clone());
        return copy;
    }

    /// A console that just came up, or has half a line of somebody else's, says nothing useful to the first line.
    Result<void> wake(Deadline deadline) {
        for (int tries = 1; !m_awake; ++tries) {
            Values values = copyOf(m_options);
            auto open = m_script.run(Act::Open, values, false, deadline);
            m_awake = open.ok();
            if (m_awake) return {};
            if (tries == kWakes || open.error().code == ErrorCode::LinkLost || deadline.passed()) return open;
            const bool silent = open.error().code == ErrorCode::BoardSilent && !m_profile.wake.empty();
            m_console.settle(silent ? m_profile.wake + m_profile.lineEnd : "", deadline);
        }
        return {};
    }

    Result<Bytes> askUid(Values& values, Deadline deadline) {
        for (int tries = 0; tries < 2; ++tries) {  // a line that garbled it may come but once
            if (auto said = m_script.run(Act::Uid, values, false, deadline); !said) return said.error();
            const auto uid = values.find("uid");
            if (uid != values.end() && !uid->second.empty()) return uidOf(m_profile, uid->second.text());
        }
        const std::string serialNumber = m_profile.usbSerial ? m_link->serialNumber() : "";
        if (!serialNumber.empty()) return uidOfSerialNumber(serialNumber);
        return Error{ErrorCode::BadConfig, m_profile.name + ": its console says no UID, and this link knows no serial number of what is plugged in; use usb:, or firmware that says one"};
    }

    Result<Look> look(Deadline deadline) {
        Look look;
        look.captured = copyOf(m_options);
        m_script.startAnew();
        static_cast<void>(m_script.contradicted());
        auto uid = askUid(look.captured, deadline);
        if (!uid) return uid.error();
        if (auto said = m_script.run(Act::Info, look.captured, false, deadline); !said) return said.error();
        BoardInfo& info = look.info;
        info.uid = *std::move(uid);
        info.family = m_profile.name;
        info.makesKeys = m_profile.has(Act::MakeKey);
        info.locks = m_profile.has(Act::Lock);
        info.takesSas = m_profile.has(Act::WriteSas);
        info.takesX509 = m_profile.has(Act::WriteX509);
        info.accepted = m_profile.shows == Shows::Nothing;
        info.showsByReading = m_profile.shows == Shows::Itself;
        readIdentity(look.captured, info);
        if (m_script.contradicted()) info.credential.reset();
        if (m_profile.shows == Shows::Nothing && m_written && m_written->uid == info.uid) {
            info.credential = m_written->credential;
            info.deviceId = m_written->id;
            info.scopeId = m_written->scopeId;
        }
        if (m_pending && m_pending->uid == info.uid) info.pendingKey = m_pending->request.keyHash;
        return look;
    }

    /// WrongUid where another one than was read lies there now.
    Result<void> sameBoard(Deadline deadline) {
        if (m_uid.empty()) {
            if (auto read = info(deadline); !read) return read.error();
            return {};
        }
        Values values = copyOf(m_options);
        auto uid = askUid(values, deadline);
        if (uid && *uid != m_uid) uid = askUid(values, deadline);
        if (!uid) return uid.error();
        if (*uid == m_uid) return {};
        return Error{ErrorCode::WrongUid, fmt::format("board {} was taken off for {} in the middle", toHex(m_uid), toHex(*uid))};
    }

    Result<Request> makeKeyOnce(Deadline deadline) {
        if (auto same = sameBoard(deadline); !same) return same.error();
        Values values = copyOf(m_options);
        values.emplace("device_id", Secret::copyOf(m_begun->id));
        values.emplace("scope_id", Secret::copyOf(m_begun->scopeId));
        if (auto made = m_script.run(Act::MakeKey, values, true, deadline); !made) return made.error();
        return readRequest(values.at("csr").text(), m_begun->id);
    }

    Result<void> writeOnce(const Credential& credential, const Values& values, bool keyOnBoard, Deadline deadline) {
        m_written.reset();
        m_script.startAnew();
        Values sent = copyOf(values);
        if (auto done = m_script.run(credential.kind == Mode::Sas ? Act::WriteSas : Act::WriteX509, sent, keyOnBoard, deadline); !done) return done;
        m_written = Written{m_uid, credentialDigest(credential), credential.id.text(), credential.scopeId};
        return m_profile.shows == Shows::Nothing ? Result<void>{} : holds(credential, values, deadline);
    }

    /// Whatever was sent is what it says it holds, each of the digests too; where it is not, the line garbled it, for the board has no reason to.
    Result<void> holds(const Credential& credential, const Values& values, Deadline deadline) {
        const auto look = this->look(deadline);
        if (!look) return look.error();
        const BoardInfo& info = look->info;
        bool same = info.credential == credentialDigest(credential) && info.deviceId == credential.id.text() && info.scopeId == credential.scopeId;
        if (const auto digests = m_profile.digests.find(credential.kind); digests != m_profile.digests.end()) {
            for (const auto& [name, wording] : digests->second) same = same && look->captured.at(name).equals(values.at(name));
        }
        return same ? Result<void>{} : Error{ErrorCode::BoardNonsense, "it holds something else than it was sent; the line garbled it"};
    }

    const Profile m_profile;
    const Values m_options;
    std::unique_ptr<Link> m_link;
    Console m_console;
    Script m_script;
    bool m_awake = false;
    bool m_finished = false;
    Bytes m_uid;  ///< of the board that was looked at last
    std::optional<Begun> m_begun;
    std::optional<Pending> m_pending;
    std::optional<Written> m_written;
};

}  // namespace

std::unique_ptr<Board> makeScriptedBoard(Profile profile, Values options, std::unique_ptr<Link> link, Transcript transcript) {
    return std::make_unique<ScriptedBoard>(std::move(profile), std::move(options), std::move(link), std::move(transcript));
}

}  // namespace keystamp::flashing::console
