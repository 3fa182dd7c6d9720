// SPDX-License-Identifier: Apache-2.0
// IoT Central's two CSVs. Microsoft's documents name the columns of the export; exports of some versions have a state beside them, and how the log of
// an import looks is written nowhere: an ID and a column that is called an error are taken for one.
#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "db/cloud_list_parts.h"
#include "db/csv.h"
#include "db/id_lines.h"

namespace keystamp::db {
namespace {

constexpr std::size_t kLongestWords = 200;
constexpr std::size_t kLongestLine = 64 * 1024;  // sixteen bytes a field: a file of commas would be a gigabyte
constexpr std::ptrdiff_t kShortestKey = 20;  // that is taken for one: words are shorter

/// As a header may spell it: "IOTC_DeviceStatus", "Device status".
std::string plainName(std::string_view header) {
    std::string word = folded(header);
    if (word.starts_with("iotc_")) word.erase(0, 5);
    std::erase_if(word, [](char c) { return c == ' ' || c == '_' || c == '-'; });
    return word;
}

template <std::size_t Count>
bool isOneOf(const std::string& word, const std::array<std::string_view, Count>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 3> kIds{"deviceid", "id", "registrationid"};
constexpr std::array<std::string_view, 3> kStates{"devicestatus", "status", "provisioningstatus"};
constexpr std::array<std::string_view, 6> kErrors{"error", "errors", "errormessage", "message", "reason", "errordetails"};

struct Columns {
    std::optional<std::size_t> id, state, error;
    std::vector<std::size_t> thumbprints;
    std::vector<bool> secret;
};

/// In words as IoT Central's page has them.
std::optional<CloudSaid> saidBy(std::string_view field) {
    const std::string state = folded(field);
    if (state.empty()) return CloudSaid::There;
    if (state == "registered" || state == "unassociated" || state == "waiting for approval") return CloudSaid::Registered;
    if (state == "provisioned") return CloudSaid::Provisioned;
    if (state == "blocked") return CloudSaid::Blocked;
    return std::nullopt;
}

class CsvReader {
public:
    explicit CsvReader(CloudList& list) : m_list(list) {}

    /// The first line that is not blank.
    Result<void> header(std::string_view line) {
        if (line.size() > kLongestLine) return noCloudList(m_list.source, "its first line is longer than any header");
        const auto places = fieldsIn(line);
        m_columns.secret.resize(places.size());
        for (std::size_t i = 0; i < places.size(); ++i) {
            const std::string_view field = withoutQuotes(places[i]);
            const std::string word = plainName(field);
            m_columns.secret[i] = holdsKeys(field);
            bool once = true;
            if (isOneOf(word, kIds)) once = !std::exchange(m_columns.id, i);
            if (isOneOf(word, kStates)) once = !std::exchange(m_columns.state, i);
            if (isOneOf(word, kErrors)) once = !std::exchange(m_columns.error, i);
            if (word.starts_with("x509thumbprint")) m_columns.thumbprints.push_back(i);
            if (!once) return Error{ErrorCode::BadCsv, m_list.source + ": column \"" + word + "\" stands twice"};
        }
        if (!isUtf8(line) || !m_columns.id) return noCloudList(m_list.source, "its first line names no column IOTC_DEVICEID");
        const bool keys = std::find(m_columns.secret.begin(), m_columns.secret.end(), true) != m_columns.secret.end();
        m_list.kind = m_columns.error ? CloudFile::ImportLog : CloudFile::Export;
        if (m_columns.error || m_columns.state || keys || !m_columns.thumbprints.empty()) return {};
        return noCloudList(m_list.source, "IDs and names alone: this goes into IoT Central, and says nothing of what came of it");
    }

    void line(std::size_t number, std::string_view line) {
        if (line.size() > kLongestLine) return lines.wrong(number, "longer than any cloud's line");
        const auto places = fieldsIn(line);
        if (places.size() != m_columns.secret.size()) return lines.wrong(number, fmt::format("{} fields, {} expected", places.size(), m_columns.secret.size()));
        if (!isUtf8(line)) return lines.wrong(number, "it is no UTF-8");
        // keys are left out of what is read; the columns before them stay where they are
        std::vector<std::string_view> open;
        for (std::size_t i = 0; i < places.size(); ++i) open.push_back(m_columns.secret[i] ? std::string_view{} : places[i]);
        const auto fields = parseCsvLine(withoutSecrets(open, {}));
        if (!fields) return lines.wrong(number, fields.error().detail);
        CloudDevice device{trimmed((*fields)[*m_columns.id]), CloudSaid::There, {}, {}, number};
        if (m_columns.error) {
            device.said = CloudSaid::NotImported;
            device.words = spelledOut(withoutKeys(trimmed((*fields)[*m_columns.error]))).substr(0, kLongestWords);
            // a log may list what it took as well; that this is what it means is written nowhere
            if (device.words.empty()) return static_cast<void>(lines.isNew(device));
        } else if (m_columns.state) {
            const auto said = saidBy((*fields)[*m_columns.state]);
            if (!said) return lines.wrong(number, "a state that is none of Registered, Provisioned, Blocked, Unassociated, Waiting for approval");
            device.said = *said;
        }
        for (const std::size_t column : m_columns.thumbprints) {
            const std::string thumbprint = folded((*fields)[column]);
            if (thumbprint.empty()) continue;
            const auto bytes = fromHex(thumbprint);
            if (!bytes || (bytes->size() != 20 && bytes->size() != 32)) return lines.wrong(number, "a thumbprint that is none: 40 or 64 hexadecimal digits");
            device.thumbprints.push_back(toHexUpper(*bytes));
        }
        lines.add(std::move(device));
    }

    CloudLines lines;

private:
    /// An error may quote what it is about, as it was or cut: what may be a key is not repeated.
    static std::string withoutKeys(const std::string& words) {
        const auto ofKeys = [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/' || c == '='; };
        std::string open;
        for (auto at = words.begin(); at != words.end();) {
            const auto end = std::find_if_not(at, words.end(), ofKeys);
            end - at < kShortestKey ? open.append(at, end) : open.append("***");
            at = std::find_if(end, words.end(), ofKeys);
            open.append(end, at);
        }
        return open;
    }

    static std::string trimmed(std::string_view text) {
        const auto begin = text.find_first_not_of(" \t");
        return begin == std::string_view::npos ? std::string{} : std::string{text.substr(begin, text.find_last_not_of(" \t") - begin + 1)};
    }

    CloudList& m_list;
    Columns m_columns;
};

}  // namespace

Result<CloudList> readCloudCsv(std::string_view rest, CloudList list) {
    CsvReader reader{list};
    bool begun = false;
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
        if (std::exchange(begun, true)) {
            reader.line(number, line);
        } else if (auto named = reader.header(line); !named) {
            return named.error();
        }
    }
    return reader.lines.finish(std::move(list));
}

}  // namespace keystamp::db
