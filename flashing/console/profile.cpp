// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/file.h"
#include "core/toml_text.h"
#include "flashing/console/check.h"
#include "flashing/console/table_reader.h"

namespace keystamp::flashing::console {
namespace {

constexpr std::array<std::pair<Act, std::string_view>, 9> kActs{{{Act::Open, "open"},
                                                                 {Act::Uid, "uid"},
                                                                 {Act::Info, "info"},
                                                                 {Act::MakeKey, "make_key"},
                                                                 {Act::WriteSas, "write_sas"},
                                                                 {Act::WriteX509, "write_x509"},
                                                                 {Act::Erase, "erase"},
                                                                 {Act::Lock, "lock"},
                                                                 {Act::Finish, "finish"}}};
constexpr std::size_t kFileMost = 64 << 10;
constexpr unsigned kLongestWait = 120'000;

template <typename T>
T oneOf(TableReader& reader, std::string_view key, std::string otherwise, std::initializer_list<std::pair<std::string_view, T>> words) {
    const std::string word = reader.text(key, std::move(otherwise));
    std::string names;
    for (const auto& [each, meaning] : words) {
        if (each == word) return meaning;
        names += (names.empty() ? "" : ", ") + std::string{each};
    }
    reader.refuse(key, "must be one of " + names);
    return words.begin()->second;
}

/// Texts by name: [options], and the likes.
template <typename Take>
void eachText(TableReader& reader, std::string_view key, std::optional<Error>& error, const std::string& file, Take take) {
    const toml::node* node = reader.node(key);
    if (node == nullptr) return;
    const toml::table* table = node->as_table();
    if (table == nullptr) return reader.refuse(key, "must be a table");
    TableReader inside{file, std::string{key}, *table, error};
    for (const auto& [name, value] : *table) take(inside, std::string{name.str()});
}

std::optional<Pattern> readEnd(TableReader& reader) {
    auto end = reader.pattern("end");
    if (end && end->fitsNothing()) reader.refuse("end", "fits where nothing stands, and so ends every answer at its first character");
    return end;
}

Step readStep(const std::string& act, const toml::table& table, const Profile& profile, std::optional<Error>& error) {
    TableReader step{profile.file, act, table, error};
    step.only({"send", "expect", "fail", "end", "capture", "pieces", "size", "only", "unfold", "timeout_ms"});
    Step read;
    read.line = step.line();
    if (!step.has("send")) step.refuse("send", "is needed; \"\" sends the line's end alone");
    read.send = step.wording("send");
    if (step.has("pieces")) read.pieces = step.wording("pieces");
    read.size = step.number("size", 48, 1, 1024);
    if (auto expect = step.pattern("expect")) {
        read.expect = *std::move(expect);
    } else if (!step.has("expect")) {
        step.refuse("expect", "is needed: what the board says where it did it");
    }
    read.fail = step.pattern("fail");
    read.end = readEnd(step);
    read.only = oneOf<Step::Only>(step, "only", "always",
                                  {{"always", Step::Only::Always}, {"station-key", Step::Only::StationKey}, {"board-key", Step::Only::BoardKey}});
    read.unfold = step.flag("unfold", false);
    read.timeout = std::chrono::milliseconds{step.number("timeout_ms", static_cast<unsigned>(profile.timeout.count()), 50, kLongestWait)};
    eachText(step, "capture", error, profile.file, [&](TableReader& captures, const std::string& name) {
        read.capture[name] = captures.number(name, 0, 1, 64);
    });
    return read;
}

void readActs(TableReader& reader, const toml::table& root, Profile& profile, std::optional<Error>& error) {
    for (const auto& [act, key] : kActs) {
        const toml::node* node = root.get(key);
        if (node == nullptr) continue;
        const toml::array* steps = node->as_array();
        if (steps == nullptr || steps->empty() || !steps->is_homogeneous<toml::table>()) {
            reader.refuse(key, fmt::format("must be steps, each headed [[{}]]", key));
            continue;
        }
        for (const toml::node& step : *steps) profile.acts[act].push_back(readStep(std::string{key}, *step.as_table(), profile, error));
    }
}

void readDigests(TableReader& reader, Profile& profile, std::optional<Error>& error) {
    for (const auto& [key, mode] : {std::pair{"digests_sas", Mode::Sas}, std::pair{"digests_x509", Mode::X509}}) {
        eachText(reader, key, error, profile.file, [&, mode = mode](TableReader& digests, const std::string& name) {
            profile.digests[mode].emplace(name, digests.wording(name));
        });
    }
}

void readRedactions(TableReader& reader, Profile& profile) {
    const toml::node* node = reader.node("redact");
    if (node == nullptr) return;
    const toml::array* list = node->as_array();
    if (list == nullptr) return reader.refuse("redact", "must be a list of texts in quotes");
    for (const toml::node& each : *list) {
        auto pattern = Pattern::compile(each.value_exact<std::string>().value_or(""));
        if (!each.is_string()) return reader.refuseAt(each, "redact", "must be a list of texts in quotes");
        if (!pattern) return reader.refuseAt(each, "redact", "is " + pattern.error().detail);
        profile.redact.push_back(*std::move(pattern));
    }
}

Profile readProfile(const toml::table& root, const std::string& file, std::optional<Error>& error) {
    TableReader reader{file, "", root, error};
    reader.only({"name", "evidence", "uid_form", "usb_serial", "line_end", "end", "wake", "echo", "chunk", "pause_ms", "timeout_ms", "redact", "options",
                 "digests_sas", "digests_x509", "open", "uid", "info", "make_key", "write_sas", "write_x509", "erase", "lock", "finish"});
    Profile profile;
    profile.file = file;
    profile.name = reader.needed("name");
    if (profile.name.size() > 64) reader.refuse("name", "has at most 64 characters");
    profile.shows = oneOf<Shows>(reader, "evidence", "", {{"read-back", Shows::Itself}, {"digest", Shows::ItsDigest}, {"accepted", Shows::Nothing}});
    profile.uidForm = oneOf<Profile::UidForm>(reader, "uid_form", "hex",
                                              {{"hex", Profile::UidForm::Hex}, {"digits", Profile::UidForm::Digits}, {"text", Profile::UidForm::Text}});
    profile.usbSerial = reader.flag("usb_serial", false);
    profile.lineEnd = reader.text("line_end", "\r");
    if (profile.lineEnd.empty()) reader.refuse("line_end", "is \"\\r\", \"\\n\" or \"\\r\\n\"");
    profile.end = readEnd(reader);
    if (!reader.has("end")) reader.refuse("end", "is needed: a regular expression of what ends every answer, as the prompt");
    profile.wake = reader.text("wake");
    profile.echo = reader.flag("echo", false);
    profile.chunk = reader.number("chunk", 64, 1, 4096);
    profile.pause = std::chrono::milliseconds{reader.number("pause_ms", 0, 0, 10'000)};
    profile.timeout = std::chrono::milliseconds{reader.number("timeout_ms", 5000, 50, kLongestWait)};
    readRedactions(reader, profile);
    eachText(reader, "options", error, file, [&](TableReader& options, const std::string& key) { profile.options[key] = options.text(key); });
    readDigests(reader, profile, error);
    readActs(reader, root, profile, error);
    if (!error) checkProfile(profile, error);
    return profile;
}

}  // namespace

std::string_view name(Act act) {
    return std::find_if(kActs.begin(), kActs.end(), [&](const auto& each) { return each.first == act; })->second;
}

Result<Profile> Profile::parse(const std::string& text, const std::string& file) {
    if (auto readable = checkTomlText(text, file); !readable) return readable.error();
    try {
        const toml::table root = toml::parse(text, file);
        std::optional<Error> error;
        Profile profile = readProfile(root, file, error);
        if (error) return *std::move(error);
        return profile;
    } catch (const toml::parse_error& problem) {
        return Error{ErrorCode::BadConfig, fmt::format("{}:{}: {}", file, problem.source().begin.line, problem.description())};
    }
}

Result<Profile> Profile::load(const std::string& fileOrName) {
    if (const std::string_view text = shippedText(fileOrName); !text.empty()) return parse(std::string{text}, fileOrName + ".toml");
    const auto text = readFile(fileOrName, kFileMost);
    if (text) return parse(*text, fileOrName);
    std::string names;
    for (const std::string& each : shipped()) names += (names.empty() ? "" : ", ") + each;
    return Error{ErrorCode::BadConfig, fmt::format("profile '{}': no such file can be read, and no profile is called so; there is {}", fileOrName, names),
                 text.error().native, text.error().where};
}

}  // namespace keystamp::flashing::console
