// SPDX-License-Identifier: Apache-2.0
// Private to hsm: a running worker, as its supervisor holds it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>

#include "core/file.h"
#include "core/result.h"
#include "core/secret.h"
#include "hsm/wire.h"

namespace keystamp::hsm {

class WorkerProcess {
public:
    struct Descriptors {
        int listening, page, lock;
    };
    static Result<WorkerProcess> start(const std::string& configFile, const Descriptors& descriptors, const std::optional<Secret>& pin);

    int control() const { return m_control.get(); }
    pid_t pid() const { return m_pid; }
    std::chrono::steady_clock::duration age() const { return std::chrono::steady_clock::now() - m_started; }
    void signal(int number) const;
    /// How it ended, in words; nothing while it lives. Waits until it has ended where `wait` is set.
    std::optional<std::string> ended(bool wait) const;
    /// The next thing that it has said; nothing where there is none.
    std::optional<wire::Message> said() const;

private:
    WorkerProcess(pid_t pid, UniqueFd control) : m_pid(pid), m_control(std::move(control)) {}

    pid_t m_pid;
    UniqueFd m_control;
    std::chrono::steady_clock::time_point m_started = std::chrono::steady_clock::now();
};

}  // namespace keystamp::hsm
