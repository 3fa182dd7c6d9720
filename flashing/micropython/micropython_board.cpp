// SPDX-License-Identifier: Apache-2.0
#include "flashing/micropython/micropython_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <regex>

#include "flashing/micropython/file.h"
#include "flashing/micropython/repl.h"
#include "flashing/options.h"
#include "flashing/uid_text.h"

namespace keystamp::flashing::micropython {
namespace {

constexpr std::size_t kPart = 96;        ///< of the file, written or read at once: a small board has a few KB of heap
constexpr std::size_t kFileMost = 8192;
constexpr int kWriteTries = 2;

struct Place {
    std::string file = "identity.json";
    std::string uid = "machine.unique_id()";  ///< an expression: str or bytes

    static Result<Place> of(const DriverOptions& options) {
        Place place;
        for (const auto& [key, value] : options) {
            const bool file = key == "file";
            if (!file && key != "uid") return badOption(key, "is not a key here");
            if (value.size() > 120 || !std::regex_match(value, std::regex{file ? "/?[-A-Za-z0-9_./]{1,60}" : "[ -~]{1,120}"})) {
                return badOption(key, file ? "is a file's name of letters, digits and -_./" : "is an expression in one line that gives the board's number");
            }
            (file ? place.file : place.uid) = value;
        }
        return place;
    }
};

class MicropythonBoard : public Board {
public:
    MicropythonBoard(Place place, std::unique_ptr<Link> link) : m_place(std::move(place)), m_link(std::move(link)), m_repl(*m_link) {}

    bool lost() const override { return m_link->lost(); }

    Result<BoardInfo> info(Deadline deadline) override {
        m_uid.clear();
        if (auto in = m_repl.enter(deadline); !in) return in.error();
        auto uid = readUid(deadline);
        if (!uid) return uid.error();
        BoardInfo info;
        info.uid = uidOfText(*uid);
        info.locks = false;
        if (auto said = tell("system", "import os,sys\no='%s|%s'%(os.uname()[4],'.'.join(str(x) for x in sys.implementation[1]))\n"
                                        "try:\n try:\n  import uhashlib\n except ImportError:\n  import hashlib\nexcept ImportError: o+='|no hash'", deadline)) {
            info.showsByReading = said->ends_with("|no hash");
            if (info.showsByReading) said->erase(said->rfind('|'));
            const auto bar = said->rfind('|');
            info.family = said->substr(0, bar);
            info.firmware = "MicroPython " + (bar == std::string::npos ? "" : said->substr(bar + 1));
        } else {
            return said.error();
        }
        if (auto read = readIdentity(info, deadline); !read) return read.error();
        m_uid = *std::move(uid);
        return info;
    }

    Result<void> begin(Mode, const DeviceId&, const std::string&, Deadline deadline) override { return mayBeWritten(deadline); }
    Result<Bytes> makeKey(Deadline) override { return Error{ErrorCode::BoardRefused, "MicroPython makes no keys"}; }

    Result<void> write(const Credential& credential, Deadline deadline) override {
        if (auto may = mayBeWritten(deadline); !may) return may;
        const Secret file = fileOf(credential);
        if (readIdentityFile(file).credential != credentialDigest(credential)) return Error{ErrorCode::Internal, "what would be written is not the credential"};
        for (int tries = 1;; ++tries) {
            auto written = writeOnce(file, deadline);
            if (written || written.error().code != ErrorCode::BoardNonsense || tries == kWriteTries) return written;
        }
    }

    Result<Bytes> prove(BytesView, Deadline) override { return Error{ErrorCode::BoardRefused, "MicroPython proves nothing"}; }
    /// Nothing locks its files: the product starts.
    Result<void> lock(Deadline deadline) override { return m_repl.restart(deadline); }

    Result<void> erase(Deadline deadline) override {
        if (auto may = mayBeWritten(deadline); !may) return may;
        if (auto same = sameBoard(deadline); !same) return same;
        return remove(deadline);
    }

private:
    struct Known {
        Digest file;
        FileContents identity;
    };

    Result<void> writeOnce(const Secret& file, Deadline deadline) {
        if (auto same = sameBoard(deadline); !same) return same;
        m_known.reset();
        // The old one goes first; one that is not written to its end is no JSON.
        if (auto gone = remove(deadline); !gone) return gone;
        if (auto opened = tell("open", fmt::format("f=open('{}','wb');n=0", m_place.file), deadline); !opened) return opened.error();
        for (std::size_t at = 0; at < file.size(); at += kPart) {
            if (auto written = put(file.view().subspan(at, std::min(kPart, file.size() - at)), at, deadline); !written) return written;
        }
        const auto closed = goOn("close", Secret::copyOf(fmt::format("if n!={}: raise ValueError('lost')\nf.close()\nimport os\nif hasattr(os,'sync'): os.sync()", file.size())), deadline);
        if (!closed) return closed.error();
        m_known = Known{sha256(file.view()), readIdentityFile(file)};
        return {};
    }

    /// What goes on with what was said before finds no names of it on a board that restarted since, and another count where it was interrupted.
    Result<Secret> goOn(const char* what, const Secret& code, Deadline deadline) {
        auto said = m_repl.run(what, code, deadline);
        if (said || said.error().code != ErrorCode::BoardRefused) return said;
        const bool lost = said.error().detail.find("NameError") != std::string::npos || said.error().detail.ends_with("ValueError: lost");
        return lost ? Error{ErrorCode::BoardNonsense, fmt::format("{}: it restarted in the middle, or was interrupted", what)} : said.error();
    }

    /// For what is no secret.
    Result<std::string> tell(const char* what, std::string_view code, Deadline deadline) {
        const auto said = m_repl.run(what, code, deadline);
        if (!said) return said.error();
        return std::string{said->text()};
    }

    Result<std::string> readUid(Deadline deadline) {
        auto said = tell("UID", fmt::format("import machine\nu={}\no=u if isinstance(u,str) else ''.join('%02x'%c for c in u)", m_place.uid), deadline);
        if (!said) return said.error().code == ErrorCode::BoardRefused ? Error{ErrorCode::BadConfig, said.error().detail + "; look at uid of [driver.micropython]"} : said.error();
        said->erase(said->find_last_not_of(" \r\n") + 1);
        if (said->empty()) return Error{ErrorCode::BadConfig, "it says no UID; set uid of [driver.micropython]"};
        return said;
    }

    Result<void> mayBeWritten(Deadline deadline) {
        if (m_uid.empty()) {
            if (auto read = info(deadline); !read) return read.error();
        }
        return m_foreign ? Result<void>{Error{ErrorCode::BoardRefused, fmt::format("its file {} is not this station's; remove it if it may go", m_place.file)}} : Result<void>{};
    }

    Result<void> sameBoard(Deadline deadline) {
        const auto uid = readUid(deadline);
        if (!uid) return uid.error();
        return *uid == m_uid ? Result<void>{} : Error{ErrorCode::WrongUid, fmt::format("board {} was taken off for {} in the middle", m_uid, *uid)};
    }

    Result<void> remove(Deadline deadline) {
        const auto gone = tell("remove", fmt::format("import os\ntry:\n os.remove('{0}')\nexcept OSError: pass\ntry:\n open('{0}','rb').close();raise ValueError('it stays')\nexcept OSError: pass", m_place.file), deadline);
        return gone ? Result<void>{} : gone.error();
    }

    /// Once, though it may be said twice: n counts, and is no count while it writes.
    Result<void> put(BytesView part, std::size_t at, Deadline deadline) {
        const std::string begin = fmt::format("if n=={}:\n n=-1\n f.write(b'", at), end = fmt::format("');n={}", at + part.size());
        Secret inside{2 * part.size()};
        auto to = inside.bytes().begin();
        for (const std::uint8_t each : part) {  // JSON of ours: a backslash and a line's end are all that a literal cannot have
            if (each == '\\' || each == '\n') *to++ = '\\';
            *to++ = each == '\n' ? 'n' : each;
        }
        inside.shrink(static_cast<std::size_t>(to - inside.bytes().begin()));
        Secret code{begin.size() + inside.size() + end.size()};
        auto out = std::copy(begin.begin(), begin.end(), code.bytes().begin());
        out = std::copy(inside.view().begin(), inside.view().end(), out);
        std::copy(end.begin(), end.end(), out);
        const auto done = goOn("write", code, deadline);
        return done ? Result<void>{} : done.error();
    }

    /// Its digest where it can make one and this station wrote it; else the whole file.
    Result<void> readIdentity(BoardInfo& info, Deadline deadline) {
        const auto said = tell("look", fmt::format("try:\n f=open('{0}','rb');n=0\n while 1:\n  b=f.read(64)\n  if not b:break\n  n+=len(b)\n f.close();o=str(n)\n"
                                                    "except OSError: o='none'", m_place.file), deadline);
        if (!said) return said.error();
        m_foreign = false;
        if (*said == "none") return {};
        std::size_t size = 0;
        std::from_chars(said->data(), said->data() + said->size(), size);
        if (size > kFileMost) {
            m_foreign = true;
            return {};
        }
        const auto digest = digestOfFile(deadline);
        if (!digest) return digest.error();
        FileContents found;
        if (m_known && *digest == toHex(m_known->file)) {
            found = m_known->identity;
        } else {
            const auto file = readFile(size, deadline);
            if (!file) return file.error();
            found = readIdentityFile(*file);
            info.readsBack = true;
        }
        m_foreign = found.foreign;
        info.credential = found.credential;
        info.deviceId = found.deviceId;
        info.scopeId = found.scopeId;
        return {};
    }

    /// Empty where it has no SHA-256.
    Result<std::string> digestOfFile(Deadline deadline) {
        return tell("digest", fmt::format("try:\n try:\n  import uhashlib as d\n except ImportError:\n  import hashlib as d\n d=d.sha256();f=open('{0}','rb')\n while 1:\n  b=f.read(64)\n"
                                           "  if not b:break\n  d.update(b)\n f.close();o=''.join('%02x'%c for c in d.digest())\nexcept ImportError: o=''", m_place.file), deadline);
    }

    Result<Secret> readFile(std::size_t size, Deadline deadline) {
        Secret file{size};
        if (auto opened = tell("open", fmt::format("f=open('{}','rb');n=0;p=''", m_place.file), deadline); !opened) return opened.error();
        for (std::size_t at = 0; at < size; at += kPart) {
            const std::size_t part = std::min(kPart, size - at);
            const auto hex = goOn("read", Secret::copyOf(fmt::format("if n=={0}:\n n=-1\n p=f.read({1});n={2}\nif n!={2}: raise ValueError('lost')\no=''.join('%02x'%c for c in p)", at, part, at + part)), deadline);
            if (!hex) return hex.error();
            if (hex->size() != 2 * part) return Error{ErrorCode::BoardNonsense, "read: less than there is"};
            for (std::size_t i = 0; i < part; ++i) {
                const auto digits = hex->text().substr(2 * i, 2);
                const auto [end, problem] = std::from_chars(digits.data(), digits.data() + 2, file.bytes()[at + i], 16);
                if (problem != std::errc{} || end != digits.data() + 2) return Error{ErrorCode::BoardNonsense, "read: no hexadecimal"};
            }
        }
        return file;
    }

    const Place m_place;
    std::unique_ptr<Link> m_link;
    Repl m_repl;
    std::string m_uid;
    bool m_foreign = false;
    std::optional<Known> m_known;  ///< what was written last
};

}  // namespace

Result<void> checkMicropythonOptions(const std::string&, const DriverOptions& options) {
    if (auto place = Place::of(options); !place) return place.error();
    return {};
}

Result<std::unique_ptr<Board>> openMicropythonBoard(const std::string&, std::unique_ptr<Link> link, const DriverOptions& options) {
    auto place = Place::of(options);
    if (!place) return place.error();
    return std::unique_ptr<Board>{std::make_unique<MicropythonBoard>(*std::move(place), std::move(link))};
}

}  // namespace keystamp::flashing::micropython
