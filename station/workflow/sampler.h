// SPDX-License-Identifier: Apache-2.0
// Tries units of a batch's sample out in the cloud: each registers as its device will, from the line, by the very key that its board has just got. It
// shows what no proof at the bench can: that the cloud takes this line's devices at all. See station/README.md.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "db/samples.h"
#include "flashing/board.h"
#include "station/cloud/dps.h"

namespace keystamp::workflow {

/// Threads: any. A unit's record stands whatever comes of it: nothing here makes an error of a job.
class Sampler {
public:
    /// How a device registers; the cloud's own unless a test brings another.
    using Register = std::function<Result<cloud::Registration>(const std::string& scopeId, const DeviceId& id, const cloud::DeviceLogin& login, Deadline deadline,
                                                               const std::atomic<bool>& stop)>;

    Sampler(db::Journal& journal, Register registers) : m_journal(journal), m_register(std::move(registers)) {}
    Sampler(db::Journal& journal, const cloud::Access& access);

    /// What a unit registers with, where it is its turn and its key is at hand: not where it was made on its board, or is the cloud's own.
    std::optional<cloud::DeviceLogin> loginOf(const db::Batch& batch, const db::Unit& unit, const flashing::Credential& credential) const;
    /// Blocks eight seconds at most, and after it found no cloud not at all for a minute. What came of it is in the journal when it returns; a refusal
    /// has paused the batch.
    void tryOut(const db::Batch& batch, const db::Unit& unit, const cloud::DeviceLogin& login, const std::atomic<bool>& stop);

private:
    struct Tried {
        db::Sampled outcome = db::Sampled::Offline;
        std::string detail;
    };
    Tried ask(const db::Batch& batch, const db::Unit& unit, const cloud::DeviceLogin& login, const std::atomic<bool>& stop);
    bool restsAfterFailure();
    void reached(bool cloud);

    db::Journal& m_journal;
    const Register m_register;
    std::mutex m_mutex;
    std::optional<std::chrono::steady_clock::time_point> m_offlineSince;
};

}  // namespace keystamp::workflow
