// SPDX-License-Identifier: Apache-2.0
#include "db/audit_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/checkpoint.h"
#include "db/audit_chain.h"
#include "db/file_stream.h"
#include "db/signature.h"

namespace keystamp::db {
namespace {

Error altered(std::string what) { return Error{ErrorCode::RecordsAltered, std::move(what)}; }

constexpr std::string_view kSignatureLine = "— signature ";

// Follows a log and holds it against a checkpoint on the way.
class Verification {
public:
    explicit Verification(const std::optional<Checkpoint>& checkpoint) : m_checkpoint(checkpoint) {}

    Result<void> row(std::string_view line) {
        if (m_checkpoint && m_chain.size() == m_checkpoint->size) {
            if (auto fits = holdRoot(); !fits) return fits;
        }
        return m_chain.follow(line);
    }

    Result<AuditReport> finish() {
        if (m_checkpoint) {
            if (m_chain.size() < m_checkpoint->size) {
                return altered(fmt::format("the audit log ends after row {}; the checkpoint is of {}", m_chain.size(), m_checkpoint->size));
            }
            if (m_chain.size() == m_checkpoint->size) {
                if (auto fits = holdRoot(); !fits) return fits.error();
            }
        }
        return AuditReport{m_chain.size(), m_chain.tree().root(), m_checkpoint};
    }

private:
    // A row that was changed is told by the one after it; only the last one before the checkpoint is told by the root alone.
    Result<void> holdRoot() const {
        if (m_chain.tree().root() == m_checkpoint->root) return {};
        return altered(fmt::format("row {} of the audit log, or every row up to it, is not what the checkpoint was signed for",
                                   m_checkpoint->size));
    }

    const std::optional<Checkpoint>& m_checkpoint;
    AuditChain m_chain;
};

Result<void> checkSigned(const std::optional<Checkpoint>& checkpoint, const std::optional<std::string>& publicKeyPem) {
    if (!publicKeyPem || !checkpoint) return {};
    return verifySignature(*publicKeyPem, checkpointText(*checkpoint), checkpoint->signature, "the checkpoint");
}

}  // namespace

std::string checkpointText(const Checkpoint& checkpoint) {
    return keystamp::checkpointText({checkpoint.origin, checkpoint.size, checkpoint.root});
}

std::string checkpointFile(const Checkpoint& checkpoint) {
    return fmt::format("{}\n{}{}\n", checkpointText(checkpoint), kSignatureLine, toBase64(checkpoint.signature));
}

Result<Checkpoint> parseCheckpoint(const std::string& text) {
    const auto refused = [] { return Error{ErrorCode::RecordsAltered, "this is not a checkpoint"}; };
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        if (end == std::string::npos) return refused();
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    if (lines.size() != 5 || !lines[3].empty() || !lines[4].starts_with(kSignatureLine)) return refused();
    Checkpoint checkpoint;
    checkpoint.origin = lines[0];
    if (lines[1].empty() || lines[1].size() > 18 || lines[1].find_first_not_of("0123456789") != std::string::npos) return refused();
    checkpoint.size = std::stoull(lines[1]);
    const auto root = fromBase64(lines[2]);
    const auto signature = fromBase64(lines[4].substr(kSignatureLine.size()));
    if (!root || root->size() != checkpoint.root.size() || !signature || signature->empty()) return refused();
    std::copy(root->begin(), root->end(), checkpoint.root.begin());
    checkpoint.signature = *signature;
    // one spelling only, so that a changed byte is never overlooked
    if (checkpointFile(checkpoint) != text) return refused();
    return checkpoint;
}

Result<void> exportAuditLog(const Journal& journal, const std::string& path) {
    // The checkpoint first: rows that are added meanwhile come after it.
    const auto checkpoint = journal.lastCheckpoint();
    if (!checkpoint) return checkpoint.error();
    const std::string beside = path + ".new";
    auto sink = FileSink::create(beside);
    if (!sink) return sink.error();
    auto rows = journal.eachAuditRow([&](const AuditRow& row) {
        (*sink)->write(row.line);
        (*sink)->write("\n");
        return Result<void>{};
    });
    if (!rows) return rows;
    if (auto closed = (*sink)->close(); !closed) return closed.error();
    if (auto moved = moveIntoPlace(beside, path); !moved) return moved;
    return *checkpoint ? writeFile(path + ".checkpoint", checkpointFile(**checkpoint)) : Result<void>{};
}

Result<AuditReport> verifyAuditFile(const std::string& path, const std::optional<Checkpoint>& checkpoint,
                                    const std::optional<std::string>& publicKeyPem) {
    if (auto good = checkSigned(checkpoint, publicKeyPem); !good) return good.error();
    auto source = FileSource::open(path);
    if (!source) return source.error();
    Verification verification{checkpoint};
    std::string line;
    for (;;) {
        const auto more = (*source)->line(line);
        if (!more) return more.error();
        if (!*more) break;
        if (auto fits = verification.row(line); !fits) return fits.error();
        if (!(*source)->ended()) return altered("the last row of the audit log is cut off");
    }
    return verification.finish();
}

Result<AuditReport> verifyAuditLog(const Journal& journal, const std::optional<Checkpoint>& checkpoint,
                                   const std::optional<std::string>& publicKeyPem) {
    if (auto good = checkSigned(checkpoint, publicKeyPem); !good) return good.error();
    Verification verification{checkpoint};
    std::uint64_t number = 0;
    auto rows = journal.eachAuditRow([&](const AuditRow& row) -> Result<void> {
        if (row.number != ++number) return altered(fmt::format("row {} of the audit log is missing", number));
        return verification.row(row.line);
    });
    if (!rows) return rows.error();
    return verification.finish();
}

}  // namespace keystamp::db
