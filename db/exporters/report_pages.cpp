// SPDX-License-Identifier: Apache-2.0
#include "db/exporters/report_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "db/audit_log.h"
#include "db/csv.h"
#include "db/exporters/qr.h"

namespace keystamp::db::exporters {
namespace {

constexpr double kMargin = 54;
constexpr double kInner = Pdf::kWidth - 2 * kMargin;
constexpr double kTop = 54;
constexpr double kBottom = Pdf::kHeight - 66;  // what stands below is the footer
constexpr double kLabel = 118;                 // width of the left column of a pair
constexpr double kQr = 108;

using Style = Pdf::Style;
using Face = Pdf::Face;
constexpr Style kTitle{Face::Bold, 21};
constexpr Style kHeading{Face::Bold, 10.5};
constexpr Style kText{Face::Text, 8.5};
constexpr Style kFaint{Face::Text, 8.5, 0.40};
constexpr Style kSmall{Face::Text, 7.5, 0.40};
constexpr Style kCode{Face::Mono, 7};
constexpr Style kFigure{Face::Bold, 17};
constexpr Style kCell{Face::Text, 7.5};
constexpr Style kCellHead{Face::Bold, 7.5};

struct Column {
    const char* head;
    double x, width;
};
constexpr std::array kTable{Column{"Unit", 0, 36}, Column{"Device ID or label", 42, 128}, Column{"State", 176, 58},
                            Column{"Verdict", 240, 46}, Column{"What happened", 292, kInner - 292}};

// To the second: milliseconds are for programs.
std::string timeText(UtcTime time) {
    std::string text = toText(time).substr(0, 19);
    text[10] = ' ';
    return text + " UTC";
}
std::string timeText(const std::string& rfc3339) {
    const auto time = parseUtc(rfc3339);
    return time ? timeText(*time) : "";
}

std::string reasonOf(const JobRecord& job) {
    std::string reason = job.reason;
    if (!job.detail.empty()) reason += ": " + job.detail;
    return reason;
}

std::string board(const Bytes& uid) { return uid.empty() ? "" : "\nboard " + toHex(uid); }

// In groups that an eye can compare.
std::string grouped(const std::string& hex) {
    std::string text;
    for (std::size_t at = 0; at < hex.size(); at += 8) text += (at == 0 ? "" : " ") + hex.substr(at, 8);
    return text;
}

std::string yieldOf(const manifest::Counts& counts) {
    const std::uint64_t tried = counts.recorded + counts.failed;
    if (tried == 0) return "–";
    // rounded down: only a batch without a failure has 100 %
    const std::uint64_t tenths = counts.recorded * 1000 / tried;
    return fmt::format("{}.{} %", tenths / 10, tenths % 10);
}

}  // namespace

Exception exceptionOf(const BatchRow& row) {
    std::string what = spelledOut(row.unit.voidReason);
    if (row.last) what += (what.empty() ? "" : "; ") + spelledOut(reasonOf(*row.last));
    if (what.empty()) what = "not finished";
    return {std::to_string(row.unit.number), row.unit.id.text(), std::string{name(row.unit.state)},
            row.last ? std::string{name(row.last->verdict)} : "–", timeText(row.unit.changedAt) + "  " + what + board(row.unit.uid)};
}

Exception exceptionOf(const JobRecord& job) {
    return {"–", job.id ? job.id->text() : spelledOut(job.scan), "–", std::string{name(job.verdict)},
            timeText(job.endedAt) + "  " + spelledOut(reasonOf(job)) + board(job.uid)};
}

Result<void> ReportPages::front() {
    m_y = kTop;
    title();
    order();
    totals();
    fingerprints();
    if (auto drawn = checkpoint(); !drawn) return drawn;
    signatures();
    nextPage();
    heading(m_facts.exceptions == 0 ? "Exceptions: none" : fmt::format("Exceptions: {}", m_facts.exceptions));
    m_y += m_pdf.text(kMargin, m_y, kInner,
                      m_facts.exceptions == 0 ? "Every unit of this batch is recorded, and no board failed before it was given an identity."
                                              : "Every unit that is not recorded, in order of number, then every board that failed before "
                                                "it was given an identity.",
                      kFaint) + 10;
    if (m_facts.exceptions != 0) tableHead();
    return {};
}

void ReportPages::title() {
    const auto& source = m_facts.source;
    m_y += m_pdf.text(kMargin, m_y, kInner, "Provisioning report", kTitle);
    m_y += m_pdf.text(kMargin, m_y + 1, kInner, fmt::format("Batch {}, station {}", source.batch.name, spelledOut(source.context.station)),
                      {Face::Text, 11, 0.25}) + 8;
    m_pdf.line(kMargin, m_y, kMargin + kInner, m_y, 1.2, 0);
    m_y += 12;
}

void ReportPages::order() {
    const Batch& batch = m_facts.source.batch;
    const auto& counts = m_facts.counts;
    const auto credential = [&]() -> const char* {
        switch (batch.mode) {
            case Mode::X509: return "X.509 certificate, {} CA";
            case Mode::Sas: return "SAS key, {} group key";
            case Mode::Imported: return "SAS key made by the cloud, the device's {} one";
        }
        return "";
    };
    pair("Credential", fmt::format(fmt::runtime(credential()), name(batch.slot)), kText);
    pair("ID scope", batch.scopeId, kText);
    pair("Device IDs", batch.pattern.empty() ? "a list" : fmt::format("{} from {}", batch.pattern, batch.first), kText);
    pair("Order", fmt::format("{} units and {} spare; the batch is {}", batch.count, batch.spare, name(batch.state)), kText);
    pair("Opened", fmt::format("{} by {}", timeText(batch.createdAt), spelledOut(batch.createdBy)), kText);
    if (counts.recorded != 0) {
        pair("Recorded", fmt::format("{} to {}", timeText(counts.firstRecorded), timeText(counts.lastRecorded)), kText);
        pair("First and last ID", fmt::format("{} to {}", counts.firstId->text(), counts.lastId->text()), kText);
    }
    pair("This report", timeText(m_facts.source.at), kText);
}

void ReportPages::totals() {
    heading("Totals");
    const auto& counts = m_facts.counts;
    const std::array<std::pair<const char*, std::string>, 6> figures{{{"recorded", std::to_string(counts.recorded)},
                                                                      {"yield", yieldOf(counts)},
                                                                      {"failed", std::to_string(counts.failed)},
                                                                      {"void", std::to_string(counts.voided)},
                                                                      {"unresolved", std::to_string(counts.unresolved)},
                                                                      {"unfinished", std::to_string(counts.unfinished)}}};
    constexpr double kGap = 6;
    const double width = (kInner - kGap * (figures.size() - 1)) / figures.size();
    double x = kMargin;
    for (const auto& [label, figure] : figures) {
        m_pdf.fill(x, m_y, width, 44, 0.94);
        Style style = kFigure;
        while (style.size > 8 && m_pdf.heightOf(width - 14, figure, style) > style.size * 1.5) style.size -= 1;  // on one line
        m_pdf.text(x + 7, m_y + 4 + (kFigure.size - style.size) / 2, width - 14, figure, style);
        m_pdf.text(x + 7, m_y + 28, width - 14, label, kSmall);
        x += width + kGap;
    }
    m_y += 50;
    m_y += m_pdf.text(kMargin, m_y, kInner,
                      "Yield is recorded units over recorded units and failures; a failure is a unit or a board whose last job ended in FAIL. "
                      "Void units were given up and have no valid credential; a void leaf still authenticates until the cloud blocks it.",
                      kSmall) + 4;
    std::string ledger;
    for (const auto& [word, count] : m_facts.source.context.ledger) ledger += fmt::format("{}{} {}", ledger.empty() ? "" : ", ", word, count);
    pair("The signer's ledger", ledger + "; signer and journal agree", kText);
}

void ReportPages::fingerprints() {
    heading("Fingerprints (SHA-256)");
    if (m_facts.source.batch.mode == Mode::X509) {
        for (const auto& [slot, print] : m_facts.source.context.caFingerprints) pair(slot + " CA", grouped(print), kCode);
    }
    pair("audit key", grouped(m_facts.auditKey), kCode);
}

Result<void> ReportPages::checkpoint() {
    const std::string text = checkpointFile(m_facts.source.context.checkpoint);
    const auto code = qrCode(text);
    if (!code) return code.error();
    const double height = m_pdf.heightOf(kInner, text, kCode);
    room(kQr + height + 40);
    heading("Checkpoint of the audit log");
    m_pdf.squares(kMargin, m_y, kQr, *code);
    const double x = kMargin + kQr + 16;
    double y = m_y;
    y += m_pdf.text(x, y, kInner - kQr - 16,
                    fmt::format("The log had {} rows and the root below when this report was written, signed by the audit key. Whoever holds the "
                                "log can show that not one of these rows has been changed, dropped or added since.",
                                m_facts.source.context.checkpoint.size), kText) + 6;
    y += m_pdf.text(x, y, kInner - kQr - 16, "The code holds the same text as a file for", kText) + 3;
    m_pdf.text(x, y, kInner - kQr - 16, "keystamp audit verify audit.jsonl \\\n    --key audit.pub.pem --checkpoint FILE", kCode);
    m_y += kQr + 8;
    m_y += m_pdf.text(kMargin, m_y, kInner, text, kCode);
    return {};
}

void ReportPages::signatures() {
    constexpr double kSpace = 24;
    const double width = (kInner - kSpace) / 2;
    room(118);
    heading("Signatures");
    m_y += m_pdf.text(kMargin, m_y, kInner,
                      "We have read this report and its exceptions, and compared it with the batch's manifest.", kText) + 34;
    for (const double x : {kMargin, kMargin + width + kSpace}) {
        m_pdf.line(x, m_y, x + width, m_y, 0.6, 0.2);
        m_pdf.text(x, m_y + 3, width, x == kMargin ? "Production: name, date, signature" : "Quality: name, date, signature", kSmall);
    }
    m_y += 20;
}

void ReportPages::tableHead() {
    for (const auto& [head, x, width] : kTable) m_pdf.text(kMargin + x, m_y, width, head, kCellHead);
    m_y += 13;
    m_pdf.line(kMargin, m_y, kMargin + kInner, m_y, 0.8, 0.2);
    m_y += 4;
}

void ReportPages::exception(const Exception& one) {
    const std::array<const std::string*, kTable.size()> cells{&one.unit, &one.device, &one.state, &one.verdict, &one.what};
    double height = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) height = std::max(height, m_pdf.heightOf(kTable[i].width, *cells[i], kCell));
    if (m_y + height + 8 > kBottom) {
        nextPage();
        tableHead();
    }
    for (std::size_t i = 0; i < cells.size(); ++i) m_pdf.text(kMargin + kTable[i].x, m_y, kTable[i].width, *cells[i], kCell);
    m_y += height + 4;
    m_pdf.line(kMargin, m_y, kMargin + kInner, m_y, 0.3, 0.8);
    m_y += 4;
}

int ReportPages::end() {
    footer();
    return m_page;
}

void ReportPages::heading(const std::string& text) {
    m_y += 13;
    m_y += m_pdf.text(kMargin, m_y, kInner, text, kHeading) + 5;
}

void ReportPages::pair(const std::string& label, const std::string& value, const Style& style) {
    const double height = std::max(m_pdf.heightOf(kInner - kLabel, value, style), m_pdf.heightOf(kLabel - 8, label, kFaint));
    room(height);
    m_pdf.text(kMargin, m_y, kLabel - 8, label, kFaint);
    m_pdf.text(kMargin + kLabel, m_y + (style.face == Face::Mono ? 1.2 : 0), kInner - kLabel, value, style);
    m_y += height + 2.5;
}

void ReportPages::room(double height) {
    if (m_y + height > kBottom) nextPage();
}

void ReportPages::footer() {
    const double y = Pdf::kHeight - 46;
    m_pdf.line(kMargin, y - 6, kMargin + kInner, y - 6, 0.4, 0.6);
    m_pdf.text(kMargin, y, kInner - 80, fmt::format("Keystamp, batch {}, {}", m_facts.source.batch.name, timeText(m_facts.source.at)), kSmall);
    Style right = kSmall;
    right.align = Pdf::Align::Right;
    m_pdf.text(kMargin + kInner - 80, y, 80, fmt::format("page {} of {}", m_page, m_pages), right);
}

void ReportPages::nextPage() {
    footer();
    m_pdf.newPage();
    ++m_page;
    m_y = kTop;
}

}  // namespace keystamp::db::exporters
