// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/cloud_push.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "station/workflow/audit_row.h"

namespace keystamp::workflow {
namespace {

using cloud::Device;
using cloud::Standing;

/// So many refusals one behind the other are no device's own.
constexpr unsigned kInARow = 5;

Result<std::vector<Device>> recorded(const db::Journal& journal, const db::Batch& batch) {
    std::map<std::string, std::string> names;  // by ID
    if (batch.pattern.empty()) {
        const auto listed = journal.listedIds(batch.name);
        if (!listed) return listed.error();
        for (const auto& one : *listed) names.emplace(one.id.text(), one.name);
    }
    std::vector<Device> devices;
    const auto walked = journal.eachUnit(batch.name, [&](const db::Unit& unit) -> Result<void> {
        if (unit.state != db::UnitState::Recorded) return {};
        const auto named = names.find(unit.id.text());
        const bool has = named != names.end() && !named->second.empty();
        devices.push_back({unit.id, has ? named->second : unit.id.text(), unit.certificate});
        return {};
    });
    if (!walked) return walked.error();
    return devices;
}

class Push {
public:
    Push(const PushOrder& order, cloud::Directory& directory, const std::atomic<bool>& stop, const PushProgress& progress)
        : m_order(order), m_directory(directory), m_stop(stop), m_progress(progress) {}

    PushReport run(const std::vector<Device>& devices) {
        m_report.devices = devices.size();
        for (const Device& device : devices) {
            if (m_stop.load(std::memory_order_relaxed)) m_report.ended = Error{ErrorCode::Aborted, {}};
            if (!m_report.ended) one(device);
            if (!m_report.ended && m_toCreate.size() >= m_directory.atOnce()) create();
            if (m_report.ended) break;
            if (m_progress) m_progress(m_report.seen(), m_report.devices);
        }
        if (!m_report.ended && !m_toCreate.empty()) create();
        return std::move(m_report);
    }

private:
    void one(const Device& device) {
        if (!m_directory.holds(device)) {
            ++m_report.byGroup;
            return;
        }
        const auto found = m_directory.look(device);
        if (!found) return fail(device, found.error());
        switch (found->standing) {
            case Standing::Absent: return m_toCreate.push_back(device);
            case Standing::Loose: return approve(device);
            case Standing::Right: ++m_report.right; return;
            case Standing::Blocked:
            case Standing::Other: return m_report.left.push_back({device.id, found->why});
        }
    }

    void approve(const Device& device) {
        const auto done = m_order.apply ? m_directory.approve(device) : Result<void>{};
        if (!done) return fail(device, done.error());
        m_inARow = 0;
        ++m_report.approved;
    }

    void create() {
        const std::vector<Device> devices = std::exchange(m_toCreate, {});
        if (!m_order.apply) {
            m_report.created += devices.size();
            return;
        }
        const auto done = m_directory.create(devices);
        for (std::size_t n = 0; n < devices.size() && !m_report.ended; ++n) {
            const std::optional<Error> error = done ? (*done)[n] : std::optional{done.error()};
            if (error) {
                fail(devices[n], *error);
            } else {
                m_inARow = 0;
                ++m_report.created;
            }
        }
    }

    void fail(const Device& device, const Error& error) {
        if (!cloud::isOfOneDevice(error)) {
            m_report.ended = error;
            return;
        }
        m_report.failed.push_back({device.id, error.detail});
        if (++m_inARow == kInARow) {
            m_report.ended = Error{ErrorCode::CloudRefused, fmt::format("{} devices one behind the other; the last: {}", kInARow, error.detail), error.native, error.where};
        }
    }

    const PushOrder& m_order;
    cloud::Directory& m_directory;
    const std::atomic<bool>& m_stop;
    const PushProgress& m_progress;
    std::vector<Device> m_toCreate;
    unsigned m_inARow = 0;
    PushReport m_report;
};

Result<void> note(Station& station, const PushOrder& order, const PushReport& report) {
    const cloud::PushTarget& target = *station.config.push;
    nlohmann::ordered_json row{{"batch", order.batch},       {"service", name(target.kind)},   {"host", target.host},
                               {"created", report.created},  {"approved", report.approved},    {"right", report.right},
                               {"byGroup", report.byGroup},  {"left", report.left.size()},     {"failed", report.failed.size()}};
    if (report.ended) row["ended"] = name(report.ended->code);
    row["who"] = order.who;
    return addRow(*station.journal, "cloud-push", row);
}

}  // namespace

Result<PushReport> pushBatch(Station& station, const PushOrder& order, cloud::Directory& directory, const std::atomic<bool>& stop, const PushProgress& progress) {
    if (!station.config.push) return Error{ErrorCode::BadConfig, station.config.file + ": there is no [cloud.push]; devices are pushed nowhere"};
    const auto batch = station.journal->batch(order.batch);
    if (!batch) return batch.error();
    const auto devices = recorded(*station.journal, batch->batch);
    if (!devices) return devices.error();
    PushReport report = Push{order, directory, stop, progress}.run(*devices);
    if (order.apply) {
        if (const auto noted = note(station, order, report); !noted) return noted.error();
    }
    return report;
}

}  // namespace keystamp::workflow
