// SPDX-License-Identifier: Apache-2.0
// The lists that REST APIs give, as they are or as `az ... list` prints them: an array, or an object whose `value` is one; or one of their entries, as
// `az ... show` prints it. Devices are looked at one after another and dropped: a list of 200,000 is never in memory as JSON.
#include <algorithm>
#include <cctype>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "db/cloud_list_parts.h"

namespace keystamp::db {
namespace {

using Json = nlohmann::json;

/// Counts the lines that the parser has taken.
class CountedText {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountedText(const char* at, std::size_t* line) : m_at(at), m_line(line) {}
    reference operator*() const { return *m_at; }
    CountedText& operator++() {
        if (*m_at++ == '\n') ++*m_line;
        return *this;
    }
    CountedText operator++(int) {
        CountedText before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountedText& other) const { return m_at == other.m_at; }
    bool operator!=(const CountedText& other) const { return m_at != other.m_at; }

private:
    const char* m_at;
    std::size_t* m_line;
};

/// The values of "primaryKey" and "secondaryKey": whatever a list of enrolments holds of keys, no parser sees.
void blankKeys(std::span<char> text) {
    const std::string_view all{text.data(), text.size()};
    for (const std::string_view key : {"\"primaryKey\"", "\"secondaryKey\""}) {
        for (auto at = all.find(key); at != std::string_view::npos; at = all.find(key, at)) {
            at += key.size();
            const auto colon = all.find_first_not_of(" \t\r\n", at);
            const auto quote = colon == std::string_view::npos || all[colon] != ':' ? colon : all.find_first_not_of(" \t\r\n", colon + 1);
            if (quote == std::string_view::npos || all[quote] != '"') continue;
            for (at = quote + 1; at < all.size() && all[at] != '"' && all[at] != '\n'; ++at) text[at] = '*';
        }
    }
}

/// The line on which brackets stand deeper than in any list; 0: nowhere. A parser takes some seventy bytes for each.
std::size_t tooDeepOn(std::string_view text) {
    constexpr std::size_t kDeepest = 64;
    std::size_t line = 1, depth = 0;
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\n') ++line;
        if (c == '\\' && quoted) {
            ++at;
        } else if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && (c == '[' || c == '{')) {
            if (++depth > kDeepest) return line;
        } else if (!quoted && (c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return 0;
}

std::string text(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

/// `unless` where it is not said; nothing where it is no truth value.
std::optional<bool> flag(const Json& object, const char* key, bool unless) {
    const auto found = object.find(key);
    if (found == object.end() || found->is_null()) return unless;
    return found->is_boolean() ? std::optional{found->get<bool>()} : std::nullopt;
}

/// Which list an object is of; nothing where it is of none.
std::optional<CloudFile> kindOf(const Json& object) {
    if (object.contains("registrationId")) {
        return object.contains("provisioningStatus") || object.contains("attestation") ? std::optional{CloudFile::Enrolments}
               : object.contains("status")                                             ? std::optional{CloudFile::Registrations}
                                                                                        : std::nullopt;
    }
    return object.contains("id") && (object.contains("provisioned") || object.contains("enabled")) ? std::optional{CloudFile::Devices} : std::nullopt;
}

std::optional<CloudSaid> stateOf(const std::string& status) {
    if (status == "assigned") return CloudSaid::Provisioned;
    if (status == "disabled") return CloudSaid::Blocked;
    if (status == "unassigned" || status == "assigning" || status == "failed") return CloudSaid::Registered;
    return std::nullopt;
}

std::optional<CloudSaid> saidOfDevice(const Json& object) {
    const auto enabled = flag(object, "enabled", true), provisioned = flag(object, "provisioned", false);
    if (!enabled || !provisioned) return std::nullopt;
    return !*enabled ? CloudSaid::Blocked : *provisioned ? CloudSaid::Provisioned : CloudSaid::Registered;
}

std::optional<CloudSaid> saidOfEnrolment(const Json& object) {
    const std::string status = text(object, "provisioningStatus");
    if (status == "disabled") return CloudSaid::Blocked;
    if (status != "enabled" && object.contains("provisioningStatus")) return std::nullopt;
    const auto state = object.find("registrationState");
    if (state == object.end() || !state->is_object() || !state->contains("status")) return CloudSaid::Registered;
    return stateOf(text(*state, "status"));
}

/// What an individual enrolment lets in.
std::vector<std::string> thumbprintsOf(const Json& object) {
    std::vector<std::string> all;
    for (const char* slot : {"primary", "secondary"}) {
        for (const char* digest : {"sha1Thumbprint", "sha256Thumbprint"}) {
            const Json::json_pointer place{std::string{"/attestation/x509/clientCertificates/"} + slot + "/info/" + digest};
            const auto bytes = object.contains(place) && object.at(place).is_string() ? fromHex(object.at(place).get<std::string>()) : Error{};
            if (bytes) all.push_back(toHexUpper(*bytes));
        }
    }
    return all;
}

class JsonReader {
public:
    JsonReader(CloudList& list, const std::size_t& line) : m_list(list), m_line(line) {}

    bool operator()(int depth, Json::parse_event_t event, Json& parsed) {
        using Event = Json::parse_event_t;
        if (event == Event::key && depth == 1) m_inValue = !m_bare && parsed == "value";
        if (event == Event::array_start && depth == 0) m_bare = true;
        const bool isDevice = event == Event::object_end && (m_bare ? depth == 1 : depth == 2 && m_inValue);
        if (!isDevice) return true;
        ++m_seen;
        take(parsed);
        return false;
    }

    /// Something in it is of no list that there is.
    bool foreign() const { return m_foreign; }
    bool sawNothing() const { return m_seen == 0; }
    /// An object of a list, by itself.
    bool takeSingle(const Json& object) {
        if (!kindOf(object)) return false;
        ++m_seen;
        take(object);
        return true;
    }
    CloudLines lines;

private:
    void take(const Json& object) {
        const auto kind = kindOf(object);
        if (!kind) m_foreign = true;
        if (!kind || m_foreign) return;
        if (!std::exchange(m_kind, kind)) m_list.kind = *kind;
        if (m_list.kind != *kind) return lines.wrong(m_line, fmt::format("an entry of another list ({}) than those before it ({})", name(*kind), name(m_list.kind)));
        const auto said = *kind == CloudFile::Devices      ? saidOfDevice(object)
                          : *kind == CloudFile::Enrolments ? saidOfEnrolment(object)
                                                           : stateOf(text(object, "status"));
        if (!said) return lines.wrong(m_line, fmt::format("entry {} has a state that is none of {}", m_seen, name(*kind)));
        CloudDevice device{text(object, *kind == CloudFile::Devices ? "id" : "registrationId"), *said, {}, {}, m_line};
        if (*kind == CloudFile::Enrolments) device.thumbprints = thumbprintsOf(object);
        lines.add(std::move(device));
    }

    CloudList& m_list;
    const std::size_t& m_line;
    bool m_bare = false, m_inValue = false, m_foreign = false;
    std::size_t m_seen = 0;
    std::optional<CloudFile> m_kind;
};

}  // namespace

Result<CloudList> readCloudJson(std::span<char> bytes, CloudList list) {
    blankKeys(bytes);
    std::size_t line = 1;
    JsonReader reader{list, line};
    if (const std::size_t deep = tooDeepOn({bytes.data(), bytes.size()}); deep != 0) {
        reader.lines.wrong(deep, "nested deeper than any cloud's list");
        return reader.lines.finish(std::move(list));
    }
    // what a parser says of an error repeats what it read
    const Json whole = Json::parse(CountedText{bytes.data(), &line}, CountedText{bytes.data() + bytes.size(), &line}, std::ref(reader), false);
    if (whole.is_discarded()) {
        reader.lines.wrong(line, "it is no JSON from here on: damaged, or cut");
        return reader.lines.finish(std::move(list));
    }
    list.single = whole.is_object() && !whole.contains("value") && reader.takeSingle(whole);
    if (list.single) return reader.lines.finish(std::move(list));
    const bool listed = whole.is_array() || (whole.is_object() && whole.contains("value") && whole.at("value").is_array());
    if (!listed || reader.foreign()) return noCloudList(list.source, reader.foreign() ? "JSON of something else" : "JSON, and no list");
    const Json& left = whole.is_array() ? whole : whole.at("value");  // devices were taken out of it
    if (!left.empty()) return noCloudList(list.source, "a list of something else");
    list.more = whole.is_object() && whole.contains("nextLink") && whole.at("nextLink").is_string();
    if (whole.is_object() && reader.sawNothing() && !list.more) {
        list.kind = CloudFile::Devices;
        return list;
    }
    return reader.lines.finish(std::move(list));
}

}  // namespace keystamp::db
