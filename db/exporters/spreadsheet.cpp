// SPDX-License-Identifier: Apache-2.0
// units.csv for people with a spreadsheet: no cell is a formula, none changes on the way in.
//
// A CSV and no .xlsx or .ods: it streams, it needs no library, and everything opens it. What a program makes of a cell then
// rests on the cell's text alone, so the text is made safe for all of them:
//  - A formula begins with = + - @ (or its full-width form), perhaps after spaces, and in a locale that separates by something
//    else than commas a "cell" may begin in the middle of ours. Each gets an apostrophe in front, wherever it could begin one.
//  - A UID such as 0012 or 12e5 would become the number 12 or 1200000. Digits alone get one too, but for the unit's number.
//  - A byte order mark makes Excel read UTF-8; every cell is quoted; lines end in CRLF.
#include <algorithm>
#include <array>

#include "db/batch_rows.h"
#include "db/csv.h"
#include "db/exporters/table.h"
#include "db/manifest_rows.h"

namespace keystamp::db::exporters {
namespace {

constexpr std::array<std::string_view, 8> kStarts{"=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
constexpr std::string_view kSeparators = ",;|\t";
constexpr std::string_view kUnseen = " \"'\u00A0";  // bytes of the no-break space too: an apostrophe too many does no harm

bool startsFormula(std::string_view rest) {
    return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return rest.starts_with(start); });
}

bool readsAsNumber(std::string_view cell) {
    return cell.find_first_of("0123456789") != std::string_view::npos && cell.find_first_not_of("0123456789eE.") == std::string_view::npos;
}

std::string harmless(std::string_view cell) {
    std::string text = readsAsNumber(cell) ? "'" : "";
    bool begins = true;  // a cell could begin here
    for (std::size_t at = 0; at < cell.size(); ++at) {
        if (begins && startsFormula(cell.substr(at))) text += '\'';
        begins = kSeparators.find(cell[at]) != std::string_view::npos || (begins && kUnseen.find(cell[at]) != std::string_view::npos);
        text += cell[at];
    }
    return text;
}

std::string quoted(std::string_view cell) {
    std::string text = "\"";
    for (const char c : cell) text += c == '"' ? "\"\"" : std::string{c};
    return text + '"';
}

// From a line of units.csv.
Result<std::string> lineOf(const std::string& line) {
    const auto cells = parseCsvLine(line);
    if (!cells) return Error{ErrorCode::Internal, "a row of units.csv: " + cells.error().detail};
    std::string text;
    for (std::size_t column = 0; column < cells->size(); ++column) {
        const std::string& cell = (*cells)[column];
        text += (column == 0 ? "" : ",") + quoted(column == 0 ? cell : harmless(spelledOut(cell)));
    }
    return text + "\r\n";
}

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    auto opened = target(std::string{kSpreadsheet.file});
    if (!opened) return opened.error();
    ExportFile& file = **opened;
    std::uint64_t rows = 0;
    const auto add = [&](const std::string& line) -> Result<void> {
        const auto text = lineOf(line);
        if (!text) return text.error();
        file.write(*text);
        ++rows;
        return {};
    };
    file.write("\uFEFF");
    auto walked = add(manifest::unitsHeader());
    if (walked) walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) { return add(manifest::unitRow(row.unit, row.name, row.last)); });
    if (walked) walked = source.journal.eachJobWithoutUnit(source.batch.name, [&](const JobRecord& job) { return add(manifest::jobRow(job)); });
    if (!walked) return walked.error();
    if (auto closed = file.close(); !closed) return closed.error();
    return rows - 1;  // but for the header
}

}  // namespace

const Exporter kSpreadsheet{.name = "spreadsheet",
                            .file = "units-spreadsheet.csv",
                            .help = "CSV of every unit for Excel and LibreOffice: no cell can be a formula or lose a zero",
                            .write = write};

}  // namespace keystamp::db::exporters
