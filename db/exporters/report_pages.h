// SPDX-License-Identifier: Apache-2.0
// How the report looks.
// Private to this room.
#pragma once

#include <string>

#include "db/batch_rows.h"
#include "db/exporter.h"
#include "db/exporters/pdf.h"
#include "db/manifest_rows.h"

namespace keystamp::db::exporters {

struct ReportFacts {
    const ExportSource& source;
    manifest::Counts counts;
    std::string auditKey;  ///< SHA-256 of its SubjectPublicKeyInfo, hex
    std::uint64_t exceptions = 0;
};

/// A row of the table of exceptions, in words.
struct Exception {
    std::string unit, device, state, verdict, what;
};
Exception exceptionOf(const BatchRow& row);
Exception exceptionOf(const JobRecord& job);

/// From front() over each exception() to end(), once.
class ReportPages {
public:
    ReportPages(Pdf& pdf, const ReportFacts& facts, int pages) : m_pdf(pdf), m_facts(facts), m_pages(pages) {}
    Result<void> front();
    void exception(const Exception& one);
    int end();

private:
    void title();
    void order();
    void totals();
    void fingerprints();
    Result<void> checkpoint();
    void signatures();
    void tableHead();
    void heading(const std::string& text);
    void pair(const std::string& label, const std::string& value, const Pdf::Style& style);
    void room(double height);
    void footer();
    void nextPage();

    Pdf& m_pdf;
    const ReportFacts& m_facts;
    const int m_pages;
    int m_page = 1;
    double m_y = 0;
};

}  // namespace keystamp::db::exporters
