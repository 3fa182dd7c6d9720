// SPDX-License-Identifier: Apache-2.0
// A label printer at the network, one connection at a time, as many are: keeps what it would print, answers ~HS, and has a printer's troubles.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/file.h"

namespace keystamp::test {

class LabelPrinter {
public:
    LabelPrinter();
    ~LabelPrinter();
    LabelPrinter(const LabelPrinter&) = delete;
    LabelPrinter& operator=(const LabelPrinter&) = delete;

    /// tcp:127.0.0.1:port, the same for its whole life.
    std::string address() const;
    /// Off, nobody listens at its port.
    void turn(bool on);
    std::vector<std::string> labels() const;

    std::atomic<bool> answers{true};     ///< ~HS
    std::atomic<bool> paperOut{false}, ribbonOut{false}, headOpen{false}, paused{false};
    std::atomic<int> breaksInLabel{0};   ///< that many labels are cut off by a reset before they end
    std::atomic<int> breaksAfterLabel{0};///< that many come out, and then the connection is reset
    std::atomic<int> slow{0};            ///< milliseconds it takes to answer

private:
    void serve();
    void talk(int connection);
    std::string status() const;

    std::atomic<bool> m_on{true}, m_ending{false};
    int m_port = 0;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_labels;
    UniqueFd m_listener;
    std::thread m_thread;
};

}  // namespace keystamp::test
