// SPDX-License-Identifier: Apache-2.0
#include "db/exporters/keyed_rows.h"

namespace keystamp::db::exporters {
namespace {

using Each = std::function<Result<void>(const BatchRow&, const DeviceKeys*)>;

/// Rows that wait until it is worth asking for their keys.
class Waiting {
public:
    Waiting(const DeviceKeySource& keys, const Each& each) : m_keys(keys), m_each(each) {}

    Result<void> add(const BatchRow& row) {
        m_rows.push_back(row);
        m_units.push_back(row.unit);
        return m_rows.size() == kKeysAtOnce ? pass() : Result<void>{};
    }

    Result<void> pass() {
        if (m_rows.empty()) return {};
        const auto keys = m_keys(m_units);
        if (!keys) return keys.error();
        if (keys->size() != m_rows.size()) return Error{ErrorCode::Internal, "keys are missing"};
        for (std::size_t n = 0; n < m_rows.size(); ++n) {
            if (auto done = m_each(m_rows[n], &(*keys)[n]); !done) return done;
        }
        m_rows.clear();
        m_units.clear();
        return {};
    }

private:
    const DeviceKeySource& m_keys;
    const Each& m_each;
    std::vector<BatchRow> m_rows;
    std::vector<Unit> m_units;
};

}  // namespace

Result<void> eachKeyedRow(const ExportSource& source, const Each& each) {
    Waiting waiting{source.keys, each};
    auto walked = eachBatchRow(source.journal, source.batch, [&](const BatchRow& row) -> Result<void> {
        if (!row.recorded()) return {};
        return source.batch.mode == Mode::Sas ? waiting.add(row) : each(row, nullptr);
    });
    return walked ? waiting.pass() : walked;
}

}  // namespace keystamp::db::exporters
