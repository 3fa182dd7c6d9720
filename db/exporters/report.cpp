// SPDX-License-Identifier: Apache-2.0
// The report that people sign: what a batch came to, every exception, and what proves it.
#include <fmt/format.h>

#include <algorithm>

#include "db/exporters/report_pages.h"
#include "db/exporters/table.h"
#include "db/signature.h"

namespace keystamp::db::exporters {
namespace {

using manifest::Counts;

// Each exception: a unit that is not recorded, or a job that failed before there was one.
Result<void> eachException(const ExportSource& source, Counts& counts, const std::function<void(const Exception&)>& each) {
    auto walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) -> Result<void> {
        counts.add(row.unit.state, row.unit.id, row.failed(), !row.unit.certificate.empty(), row.recorded() ? toText(row.unit.recordedAt) : "");
        if (!row.recorded()) each(exceptionOf(row));
        return {};
    });
    if (!walked) return walked;
    return source.journal.eachJobWithoutUnit(source.batch.name, [&](const JobRecord& job) -> Result<void> {
        counts.add(std::nullopt, job.id, true, false, {});
        each(exceptionOf(job));
        return {};
    });
}

// Draws it all, with so many pages in its footers; gives how many there were.
Result<int> draw(const ExportSource& source, const ReportFacts& facts, int pages, const std::function<void(std::string_view)>& out) {
    auto pdf = Pdf::create(out, fmt::format("Provisioning report of batch {}", source.batch.name), source.at);
    if (!pdf) return pdf.error();
    ReportPages report{**pdf, facts, pages};
    if (auto drawn = report.front(); !drawn) return drawn.error();
    Counts counts;
    auto walked = eachException(source, counts, [&](const Exception& one) { report.exception(one); });
    if (!walked) return walked.error();
    if (counts != facts.counts) {
        return Error{ErrorCode::JournalBusy, fmt::format("units of {} changed while its report was written; write it again", source.batch.name)};
    }
    const int drawn = report.end();
    if (auto finished = (*pdf)->finish(); !finished) return finished.error();
    return drawn;
}

Result<std::uint64_t> write(const ExportSource& source, const ExportTarget& target) {
    ReportFacts facts{source, {}, {}};
    if (auto counted = eachException(source, facts.counts, [&](const Exception&) { ++facts.exceptions; }); !counted) return counted.error();
    const auto key = keyFingerprint(source.context.auditKeyPem);
    if (!key) return key.error();
    facts.auditKey = toHex(*key);
    // once for the number of pages, which stands on each of them
    const auto pages = draw(source, facts, 0, [](std::string_view) {});
    if (!pages) return pages.error();
    auto file = target(std::string{kReport.file});
    if (!file) return file.error();
    const auto drawn = draw(source, facts, *pages, [&](std::string_view bytes) { (*file)->write(bytes); });
    if (!drawn) return drawn.error();
    if (auto closed = (*file)->close(); !closed) return closed.error();
    return facts.counts.units;
}

}  // namespace

const Exporter kReport{.name = "report",
                       .file = "report.pdf",
                       .help = "PDF that people sign: totals, yield, every exception, fingerprints, checkpoint as text and QR code",
                       .write = write};

}  // namespace keystamp::db::exporters
