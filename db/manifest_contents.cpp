// SPDX-License-Identifier: Apache-2.0
#include "db/manifest_contents.h"

#include <fmt/format.h>

#include <unordered_set>

#include "db/csv.h"
#include "db/file_stream.h"

namespace keystamp::db::manifest {
namespace {

Error altered(std::string what) { return Error{ErrorCode::RecordsAltered, std::move(what)}; }

// One of the three files: lines with their number, for messages.
class Lines {
public:
    static Result<Lines> open(const std::string& folder, const char* file) {
        auto source = FileSource::open(folder + "/" + file);
        if (!source) return altered(describe(source.error()));
        return Lines{file, std::move(*source)};
    }
    /// False at the end.
    Result<bool> next() {
        ++m_number;
        auto more = m_source->line(m_line);
        if (more && *more && !m_source->ended()) return wrong("its last line is cut off");
        return more;
    }
    const std::string& line() const { return m_line; }
    Error wrong(const std::string& why) const { return altered(fmt::format("{} line {}: {}", m_file, m_number, why)); }

private:
    Lines(const char* file, std::unique_ptr<FileSource> source) : m_file(file), m_source(std::move(source)) {}
    const char* m_file;
    std::unique_ptr<FileSource> m_source;
    std::string m_line;
    std::size_t m_number = 0;
};

// Words that must be there once: 8 bytes of a digest each, so that a million take little room.
class Once {
public:
    bool add(std::string_view kind, std::string_view word) {
        const Digest digest = sha256(fmt::format("{} {}", kind, word));
        std::uint64_t key = 0;
        for (std::size_t i = 0; i < sizeof key; ++i) key = key << 8 | digest[i];
        return m_seen.insert(key).second;
    }

private:
    std::unordered_set<std::uint64_t> m_seen;
};

class Contents {
public:
    Contents(Lines units, Lines imports, std::optional<Lines> leaves, const Promised& promised, const Chain* chain)
        : m_units(std::move(units)), m_imports(std::move(imports)), m_leaves(std::move(leaves)), m_promised(promised), m_chain(chain) {}

    Result<void> check() {
        if (auto good = headers(); !good) return good;
        for (;;) {
            const auto more = m_units.next();
            if (!more) return more.error();
            if (!*more) break;
            const auto row = readRow(m_units.line());
            if (!row) return m_units.wrong(row.error().detail);
            if (auto good = checkRow(*row); !good) return good;
        }
        if (auto good = nothingMore(m_imports); !good) return good;
        if (m_leaves) {
            if (auto good = nothingMore(*m_leaves); !good) return good;
        }
        if (m_counts != m_promised.counts) return altered("units.csv does not give the counts and ranges of manifest.json");
        return {};
    }

private:
    Result<void> headers() {
        const auto units = m_units.next();
        if (!units || !*units || m_units.line() != unitsHeader()) return m_units.wrong("another header");
        const auto imports = m_imports.next();
        if (!imports || !*imports || m_imports.line() != std::string{kImportHeader} + "\r") return m_imports.wrong("another header");
        return {};
    }

    static Result<void> nothingMore(Lines& lines) {
        const auto more = lines.next();
        if (!more) return more.error();
        return *more ? Result<void>{lines.wrong("no row of units.csv is for it")} : Result<void>{};
    }

    Result<void> checkRow(const ReadRow& row) {
        const bool leaf = !row.sha256.empty();
        m_counts.add(row.state, row.id, row.verdict == name(Verdict::Fail), leaf, row.recorded);
        if (row.unit == 0) return {};
        if (row.unit <= m_last) return m_units.wrong("not in the order of numbers");
        m_last = row.unit;
        if (row.live() && !m_once.add("id", row.id->text())) return m_units.wrong(row.id->text() + " is live twice");
        if (row.live() && !m_once.add("uid", row.uid)) return m_units.wrong("the board with UID " + row.uid + " is live twice");
        if (!row.serial.empty() && !m_once.add("serial", row.serial)) return m_units.wrong("serial " + row.serial + " stands twice");
        const bool hasCredential = row.state == UnitState::Recorded || row.state == UnitState::Issued ||
                                   row.state == UnitState::Written || row.state == UnitState::Verified;
        if (hasCredential && leaf != (m_promised.mode == Mode::X509)) return m_units.wrong("a thumbprint is missing or too much");
        if (row.state == UnitState::Recorded) {
            if (auto good = checkImport(row); !good) return good;
        }
        return leaf && row.live() ? checkLeaf(row) : Result<void>{};
    }

    Result<void> checkImport(const ReadRow& row) {
        const auto more = m_imports.next();
        if (!more) return more.error();
        if (!*more) return m_imports.wrong("ends before " + row.id->text());
        if (m_imports.line() != fmt::format("{},{}\r", row.id->text(), csvField(row.name))) return m_imports.wrong("it is not " + row.id->text());
        return {};
    }

    Result<void> checkLeaf(const ReadRow& row) {
        if (!m_leaves) return m_units.wrong("a leaf in a batch without certificates");
        const auto der = nextLeaf(row.id->text());
        if (!der) return der.error();
        const auto facts = readLeaf(*der);
        if (!facts) return m_leaves->wrong(facts.error().detail);
        if (facts->commonName != row.id->text()) return m_leaves->wrong("the leaf's common name is another");
        if (toHexUpper(facts->serial) != row.serial) return m_leaves->wrong("the leaf's serial is another");
        if (toHexUpper(sha1(BytesView{*der})) != row.sha1 || toHexUpper(sha256(BytesView{*der})) != row.sha256) {
            return m_leaves->wrong("the leaf's thumbprint is another");
        }
        const auto issuer = m_chain->verify(*der, m_promised.exportedAt);
        if (!issuer) return m_leaves->wrong(issuer.error().detail);
        if (!m_promised.cas.contains(*issuer)) return m_leaves->wrong("a CA issued it that manifest.json does not name");
        return {};
    }

    Result<Bytes> nextLeaf(const std::string& id) {
        const auto expect = [&](const std::string& line) -> Result<void> {
            const auto more = m_leaves->next();
            if (!more) return more.error();
            if (!*more || m_leaves->line() != line) return m_leaves->wrong("\"" + line + "\" is expected");
            return {};
        };
        if (auto good = expect("# " + id); !good) return good.error();
        if (auto good = expect("-----BEGIN CERTIFICATE-----"); !good) return good.error();
        std::string base64;
        for (;;) {
            const auto more = m_leaves->next();
            if (!more) return more.error();
            if (!*more || base64.size() > 1u << 16) return m_leaves->wrong("a certificate without an end");
            if (m_leaves->line() == "-----END CERTIFICATE-----") break;
            base64 += m_leaves->line();
        }
        auto der = fromBase64(base64);
        if (!der) return m_leaves->wrong(der.error().detail);
        return der;
    }

    Lines m_units, m_imports;
    std::optional<Lines> m_leaves;
    const Promised& m_promised;
    const Chain* m_chain;
    Counts m_counts;
    Once m_once;
    std::int64_t m_last = 0;
};

}  // namespace

Result<void> checkContents(const std::string& folder, const Promised& promised, const Chain* chain) {
    auto units = Lines::open(folder, kUnits);
    if (!units) return units.error();
    auto imports = Lines::open(folder, kImport);
    if (!imports) return imports.error();
    std::optional<Lines> leaves;
    if (chain != nullptr) {
        auto opened = Lines::open(folder, kLeaves);
        if (!opened) return opened.error();
        leaves = std::move(*opened);
    }
    return Contents{std::move(*units), std::move(*imports), std::move(leaves), promised, chain}.check();
}

}  // namespace keystamp::db::manifest
