// SPDX-License-Identifier: Apache-2.0
// How a board's console is spoken to, as a file says it (README.md has every key). Data only; never changed once read.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/words.h"
#include "flashing/console/pattern.h"
#include "flashing/console/wording.h"

namespace keystamp::flashing::console {

/// What a board shows of the credential that it holds.
enum class Shows {
    Itself,     ///< "read-back": the key or the certificate is read out
    ItsDigest,  ///< "digest"
    Nothing,    ///< "accepted": that it took it is all that is known
};

/// What a script is for, in the order in which a board meets them.
enum class Act { Open, Uid, Info, MakeKey, WriteSas, WriteX509, Erase, Lock, Finish };
std::string_view name(Act act);  ///< "open", ... "write_sas", as the file has it

/// One line that is sent, and what comes back.
struct Step {
    enum class Only { Always, StationKey, BoardKey };

    int line = 0;  ///< in the file
    Wording send;
    std::optional<Wording> pieces;  ///< sent again for each piece of this, which is {piece}
    std::size_t size = 0;           ///< characters of a piece
    Pattern expect;
    std::optional<Pattern> fail;    ///< a well-formed no; a number in its first group is the board's own
    std::optional<Pattern> end;     ///< instead of the profile's
    std::map<std::string, unsigned> capture;  ///< which group of `expect` is which value
    Only only = Only::Always;
    bool unfold = false;            ///< line breaks in the answer are taken out first
    std::chrono::milliseconds timeout{0};
};

struct Profile {
    std::string file;
    std::string name;
    Shows shows = Shows::Nothing;
    enum class UidForm { Hex, Digits, Text } uidForm = UidForm::Hex;
    bool usbSerial = false;   ///< what the bus says is the UID where the console says none
    std::string lineEnd;
    std::optional<Pattern> end;  ///< an answer is whole
    std::string wake;         ///< what ends a line that somebody left behind, where the board stays silent
    bool echo = false;        ///< it sends back each character, or a star for it
    std::size_t chunk = 64;   ///< characters before the echo is waited for
    std::chrono::milliseconds pause{0};  ///< between chunks, where there is no echo
    std::chrono::milliseconds timeout{5000};
    std::vector<Pattern> redact;
    std::map<std::string, std::string> options;  ///< their values unless station.toml has others
    std::map<Mode, std::map<std::string, Wording>> digests;
    std::map<Act, std::vector<Step>> acts;

    bool has(Act act) const { return acts.contains(act); }

    /// BadConfig names file, line, key and what is wrong with it.
    static Result<Profile> parse(const std::string& text, const std::string& file);
    /// A file, or a name that shipped() has.
    static Result<Profile> load(const std::string& fileOrName);
};

/// Names of the profiles that are built in, which are drivers' names too.
std::vector<std::string> shipped();
/// Of a shipped one; empty where there is none.
std::string_view shippedText(const std::string& name);

}  // namespace keystamp::flashing::console
