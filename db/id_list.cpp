// SPDX-License-Identifier: Apache-2.0
#include "db/id_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "core/file.h"
#include "db/csv.h"
#include "db/id_lines.h"
#include "db/line_errors.h"

namespace keystamp::db {

std::string folded(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    std::string word{text.substr(begin, text.find_last_not_of(" \t") - begin + 1)};
    std::transform(word.begin(), word.end(), word.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return word;
}

namespace {

constexpr std::size_t kLongestName = 148;  // IoT Central's limit of a display name

struct Columns {
    std::size_t count = 1, id = 0;
    std::optional<std::size_t> name, uid;
};

// Nothing where the first row is no header but already an ID.
Result<std::optional<Columns>> columnsOf(const std::vector<std::string>& header) {
    Columns columns;
    columns.count = header.size();
    std::optional<std::size_t> id;
    std::string unknown;
    for (std::size_t i = 0; i < header.size(); ++i) {
        const std::string word = folded(header[i]);
        const auto take = [&](std::optional<std::size_t>& column) -> bool { return !std::exchange(column, i); };
        bool once = true;
        if (word == "iotc_deviceid" || word == "id") {
            once = take(id);
        } else if (word == "iotc_devicename" || word == "name") {
            once = take(columns.name);
        } else if (word == "uid") {
            once = take(columns.uid);
        } else if (!word.starts_with("iotc_")) {  // keys and thumbprints of IoT Central's own export
            unknown = word;
        }
        if (!once) return Error{ErrorCode::BadCsv, fmt::format("column \"{}\" stands twice", word)};
    }
    if (!id && header.size() == 1) return std::optional<Columns>{};
    if (!id) return Error{ErrorCode::BadCsv, "the first line must name the columns: IOTC_DEVICEID,IOTC_DEVICENAME or id,name,uid"};
    if (!unknown.empty()) return Error{ErrorCode::BadCsv, fmt::format("column \"{}\" is none of id, name, uid", csvText(unknown))};
    columns.id = *id;
    return std::optional{columns};
}

class ListReader {
public:
    explicit ListReader(const LineReading& how) : m_how(how) {}

    void line(std::size_t number, std::string_view whole) {
        m_number = number;
        if (whole.find_first_not_of(" \t") == std::string_view::npos || m_hopeless) return;
        std::string filtered;
        if (m_how.filter && isUtf8(whole)) {
            auto rest = m_how.filter(number, whole);
            if (!rest) {
                m_hopeless = !m_columns;
                return wrong(rest.error().detail);
            }
            filtered = std::move(*rest);
        }
        const std::string_view text = !isUtf8(whole) ? std::string_view{"\0", 1} : m_how.filter ? std::string_view{filtered} : whole;
        const auto fields = parseCsvLine(text);
        if (!fields) return wrong(fields.error().detail);
        if (!m_columns) {
            const auto columns = columnsOf(*fields);
            m_columns = columns && *columns ? **columns : Columns{};
            if (!columns) {
                m_hopeless = true;
                return wrong(columns.error().detail);
            }
            if (*columns) return;
        }
        if (fields->size() != m_columns->count) {
            return wrong(fmt::format("{} fields, {} expected", fields->size(), m_columns->count));
        }
        row(*fields);
    }

    Result<std::vector<ListedId>> finish(const std::string& path) {
        if (m_ids.empty() && m_errors.none()) wrong("there are no IDs in it");
        if (m_errors.none()) return std::move(m_ids);
        return m_errors.of(path);
    }

    void wrong(const std::string& why) { m_errors.add(m_number, why); }

private:
    void row(const std::vector<std::string>& fields) {
        const std::string text = folded(fields[m_columns->id]);
        const auto id = DeviceId::parse(text);
        if (!id) return wrong(m_how.quiet ? "the device ID is none: 1 to 64 letters, digits and hyphens" : id.error().detail);
        const auto [before, first] = m_lines.try_emplace(id->text(), m_number);
        if (!first) return wrong(fmt::format("{} stands on line {} already", id->text(), before->second));
        ListedId listed{*id, m_columns->name ? fields[*m_columns->name] : "", {}};
        if (auto good = checkName(listed.name); !good) return wrong(good.error().detail);
        if (m_columns->uid) {
            auto uid = fromHex(folded(fields[*m_columns->uid]));
            if (!uid) return wrong("the UID is " + uid.error().detail);
            listed.uid = std::move(*uid);
        }
        if (!listed.uid.empty()) {
            const auto [holder, free] = m_uids.try_emplace(toHex(listed.uid), m_number);
            if (!free) return wrong(fmt::format("UID {} stands on line {} already", holder->first, holder->second));
        }
        m_ids.push_back(std::move(listed));
    }

    static Result<void> checkName(const std::string& name) {
        const auto refuse = [](std::string why) { return Error{ErrorCode::BadCsv, std::move(why)}; };
        if (name.size() > kLongestName) return refuse(fmt::format("a name of {} bytes, at most {}", name.size(), kLongestName));
        if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; })) {
            return refuse("a control character in the name");
        }
        if (!name.empty() && std::string_view{"=+-@"}.find(name.front()) != std::string_view::npos) {
            return refuse("a name that a spreadsheet would take for a formula");
        }
        return {};
    }

    const LineReading& m_how;
    std::size_t m_number = 0;
    std::optional<Columns> m_columns;
    bool m_hopeless = false;
    std::vector<ListedId> m_ids;
    std::unordered_map<std::string, std::size_t> m_lines, m_uids;
    LineErrors m_errors;
};

}  // namespace

Result<std::vector<ListedId>> readIdLines(std::string_view rest, const std::string& source, const LineReading& how) {
    if (rest.starts_with("\xff\xfe") || rest.starts_with("\xfe\xff")) return Error{ErrorCode::BadCsv, source + ": UTF-16; save it as UTF-8"};
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
    ListReader reader{how};
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        std::string_view line = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        reader.line(number, line);
    }
    return reader.finish(source);
}

Result<std::vector<ListedId>> readIdList(const std::string& path) {
    const auto content = readFile(path);
    if (!content) return Error{ErrorCode::BadCsv, describe(content.error())};
    return readIdLines(*content, path);
}

}  // namespace keystamp::db
