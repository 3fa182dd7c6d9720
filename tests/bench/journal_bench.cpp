// SPDX-License-Identifier: Apache-2.0
// A journal of many units: what a new unit costs in it, and how fast it goes out as CSV.
//
//   journal_bench fill JOURNAL COUNT        makes a journal with that many recorded units in batch "big"
//   journal_bench reserve JOURNAL JOURNAL   seconds of a duplicate's refusal and a reservation in each, in turns, the median
//   journal_bench export JOURNAL FILE       writes units.csv; seconds, and the most memory that this process had, in KiB
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "db/exporter.h"
#include "db/journal.h"

namespace {

using namespace keystamp;

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    fmt::print(stderr, "{}\n", describe(result.error()));
    std::exit(1);
}
void must(const Result<void>& result) {
    if (!result) must(Result<int>{result.error()});
}

std::unique_ptr<db::Journal> open(const std::string& path) { return must(db::Journal::open(path, "bench")); }

void fill(const std::string& path, std::int64_t count) {
    db::Batch batch;
    batch.name = "big";
    batch.mode = Mode::Sas;
    batch.scopeId = "0ne00ABCDEF";
    batch.pattern = "big-{seq:09}";
    batch.first = 1;
    batch.match = true;
    batch.count = static_cast<std::uint64_t>(count) + 100'000;
    batch.createdBy = "bench";
    must(open(path)->createBatch(batch, {}));
    SQLite::Database database{path, SQLite::OPEN_READWRITE};
    database.exec("PRAGMA synchronous=OFF; PRAGMA cache_size=-2000000");
    SQLite::Transaction transaction{database};
    // as a line leaves them; UIDs in no order, as boards come
    SQLite::Statement insert{database,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) "
        "INSERT INTO unit(number, batch, id, scan, uid, state, fixture, job, origin, slot, key_hash, credential, evidence, family, firmware, "
        "locked, created_at, changed_at, recorded_at, finished) SELECT i, 'big', printf('big-%09d', i), printf('big-%09d', i), "
        "CAST(printf('%012d', (i * 7919) % 1000000007) AS BLOB), 'RECORDED', 'F1', printf('job-%012d', i), 'derived', 'primary', zeroblob(32), "
        "randomblob(32), 'proof', 'bench', '1.0', 1, 1764000000000 + i, 1764000000000 + i, 1764000000000 + i, 1 FROM n"};
    insert.bind(1, count);
    insert.exec();
    database.exec("UPDATE batch SET used = (SELECT count(*) FROM unit)");
    transaction.commit();
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
}

class Growing {
public:
    explicit Growing(const std::string& path) : m_journal(open(path)) {
        m_next = must(m_journal->batch("big")).recorded + 1;
    }
    double once() {
        const auto begun = std::chrono::steady_clock::now();
        db::Reservation wanted;
        wanted.batch = "big";
        wanted.id = must(DeviceId::parse(fmt::format("big-{:09}", m_next / 2)));
        wanted.scan = wanted.id->text();
        wanted.uid = Bytes{1, 2, 3};
        wanted.fixture = "F1";
        wanted.job = "job";
        if (m_journal->reserve(wanted)) std::exit(1);  // that ID is another board's
        wanted.id = must(DeviceId::parse(fmt::format("big-{:09}", m_next)));
        wanted.scan = wanted.id->text();
        const std::string uid = fmt::format("new-{:09}", m_next++);
        wanted.uid = Bytes(uid.begin(), uid.end());
        must(m_journal->reserve(wanted));
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }

private:
    std::unique_ptr<db::Journal> m_journal;
    std::uint64_t m_next = 0;
};

double median(std::vector<double> all) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end());
    return all[all.size() / 2];
}

void reserve(const std::string& one, const std::string& other) {
    Growing first{one};
    Growing second{other};
    std::vector<double> times[2];
    for (int n = 0; n < 5000; ++n) {
        times[0].push_back(first.once());
        times[1].push_back(second.once());
    }
    fmt::print("{} {}\n", median(times[0]), median(times[1]));
}

void exportUnits(const std::string& path, const std::string& file) {
    const auto journal = open(path);
    const db::ExportSource source{*journal, must(journal->batch("big")).batch, {}, utcNow()};
    const auto begun = std::chrono::steady_clock::now();
    must(db::writeExport(*must(db::findExporter("units")), source, file, {}));
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    fmt::print("{} {}\n", seconds, used.ru_maxrss);
}

}  // namespace

int main(int count, char** words) {
    const std::string what = count == 4 ? words[1] : "";
    if (what == "fill") {
        fill(words[2], std::atoll(words[3]));
    } else if (what == "reserve") {
        reserve(words[2], words[3]);
    } else if (what == "export") {
        exportUnits(words[2], words[3]);
    } else {
        fmt::print(stderr, "usage: journal_bench fill JOURNAL COUNT | reserve JOURNAL JOURNAL | export JOURNAL FILE\n");
        return 2;
    }
}
