// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/ledger_anchor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace keystamp::hsm {
namespace {

// Two records in sectors of their own, written in turn: a torn one leaves the other.
struct Record {
    std::array<char, 16> magic;
    std::array<std::uint8_t, 16> id;
    std::uint64_t turn, signatures, derivations, acts;
    Digest digest;  // of what stands before it
};
static_assert(sizeof(Record) == 96);
constexpr std::array<char, 16> kMagic{'k', 'e', 'y', 's', 't', 'a', 'm', 'p', ' ', 'a', 'n', 'c', 'h', 'o', 'r', '1'};
constexpr off_t kSector = 4096;

Digest digestOf(const Record& record) {
    return sha256(BytesView{reinterpret_cast<const std::uint8_t*>(&record), offsetof(Record, digest)});
}

std::optional<Record> newest(int file) {
    std::optional<Record> found;
    for (const off_t at : {off_t{0}, kSector}) {
        Record record{};
        if (::pread(file, &record, sizeof record, at) != static_cast<ssize_t>(sizeof record)) continue;
        if (record.magic != kMagic || record.digest != digestOf(record)) continue;
        if (!found || record.turn > found->turn) found = record;
    }
    return found;
}

std::string sealed(Record record) {
    record.magic = kMagic;
    record.digest = digestOf(record);
    return {reinterpret_cast<const char*>(&record), sizeof record};
}

std::string less(std::uint64_t ours, std::uint64_t theirs, const char* what) {
    return ours < theirs ? fmt::format("{} of {} {}", ours, theirs, what) : "";
}

}  // namespace

Error notTheNewest(const std::string& why) {
    return Error{ErrorCode::RecordsAltered, "the signer's ledger is not the newest one (" + why +
                                                "); put the newest copy of the whole data folder back, or, without one, keep this folder for the "
                                                "auditor and begin with an empty one"};
}

std::string LedgerMarks::behind(const LedgerMarks& these) const {
    std::string words;
    for (const std::string& one : {less(signatures, these.signatures, "signatures"), less(derivations, these.derivations, "derivations"),
                                   less(acts, these.acts, "acts of supervisors")}) {
        if (!one.empty()) words += (words.empty() ? "" : ", ") + one;
    }
    return words;
}

Result<void> LedgerAnchor::openFile() {
    if (m_file) return {};
    m_file = UniqueFd{::open(m_path.c_str(), O_RDWR | O_CLOEXEC)};
    return m_file ? Result<void>{} : Error{ErrorCode::IoFault, m_path, errno, "open"};
}

Result<std::optional<LedgerMarks>> LedgerAnchor::marks() {
    const std::lock_guard lock{m_mutex};
    if (auto opened = openFile(); !opened) {
        if (opened.error().native == ENOENT) return std::optional<LedgerMarks>{};
        return opened.error();
    }
    const auto record = newest(m_file.get());
    if (!record) return notTheNewest(m_path + " is damaged");
    return std::optional{LedgerMarks{Bytes(record->id.begin(), record->id.end()), record->signatures, record->derivations, record->acts}};
}

Result<void> LedgerAnchor::begin(const Bytes& id) {
    const std::lock_guard lock{m_mutex};
    Record record{};
    std::copy_n(id.begin(), std::min(id.size(), record.id.size()), record.id.begin());
    std::string content = sealed(record);
    content.resize(2 * kSector);
    m_file = UniqueFd{};
    if (auto written = writeFile(m_path, content, 0600); !written) return written;
    return openFile();
}

Result<void> LedgerAnchor::raise(const LedgerMarks& marks) {
    const std::lock_guard lock{m_mutex};
    if (auto opened = openFile(); !opened) return opened;
    // read again: another process may have enrolled a supervisor meanwhile
    auto record = newest(m_file.get());
    if (!record) return notTheNewest(m_path + " is damaged");
    const Record before = *record;
    record->signatures = std::max(record->signatures, marks.signatures);
    record->derivations = std::max(record->derivations, marks.derivations);
    record->acts = std::max(record->acts, marks.acts);
    if (std::memcmp(&before, &*record, sizeof before) == 0) return {};
    ++record->turn;
    const std::string bytes = sealed(*record);
    const off_t at = record->turn % 2 == 0 ? 0 : kSector;
    if (::pwrite(m_file.get(), bytes.data(), bytes.size(), at) == static_cast<ssize_t>(bytes.size())) return {};
    return Error{ErrorCode::IoFault, m_path, errno, "pwrite"};
}

Result<void> LedgerAnchor::sync() {
    const std::lock_guard lock{m_mutex};
    if (auto opened = openFile(); !opened) return opened;
    return ::fdatasync(m_file.get()) == 0 ? Result<void>{} : Error{ErrorCode::IoFault, m_path, errno, "fdatasync"};
}

}  // namespace keystamp::hsm
