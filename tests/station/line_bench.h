// SPDX-License-Identifier: Apache-2.0
// A line over fixtures whose boards a test changes, holds up and takes off, and what it told.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <mutex>

#include "station/workflow/line.h"
#include "tests/station/workbench.h"

namespace keystamp::test {

inline constexpr auto kPatience = std::chrono::seconds(60);

/// A fixture whose board is replaced by a fresh one once it is locked, and that a test may hold up or take the board from.
struct Bench {
    std::mutex mutex;
    std::condition_variable changed;
    SiliconPtr board = TestStation::silicon();
    bool feeds = true;
    bool held = false;      ///< calls wait
    bool waiting = false;   ///< one does
    bool unplugged = false; ///< the link that was opened last is lost
    int opened = 0;
    int cannotOpen = 0;     ///< that many times

    void hold(bool on) {
        const std::lock_guard lock(mutex);
        held = on;
        changed.notify_all();
    }
    void put(SiliconPtr other) {
        const std::lock_guard lock(mutex);
        board = std::move(other);
    }
    void untilHeld() {
        std::unique_lock lock(mutex);
        ASSERT_TRUE(changed.wait_for(lock, kPatience, [&] { return waiting; }));
    }
};

class BenchBoard : public flashing::Board {
public:
    explicit BenchBoard(Bench& bench) : m_bench(bench), m_opening(bench.opened) {}

    template <typename Act>
    auto with(Act act) {
        SiliconPtr silicon;
        {
            std::unique_lock lock(m_bench.mutex);
            m_bench.waiting = m_bench.held;
            m_bench.changed.notify_all();
            m_bench.changed.wait(lock, [&] { return !m_bench.held; });
            m_bench.waiting = false;
            silicon = m_bench.board;
        }
        using Answer = decltype(act(std::declval<FakeBoard&>()));
        if (!silicon) return Answer{Error{ErrorCode::BoardSilent, {}}};
        FakeBoard board{silicon};
        return act(board);
    }

    Result<flashing::BoardInfo> info(Deadline d) override {
        return with([&](FakeBoard& b) { return b.info(d); });
    }
    Result<void> begin(Mode kind, const DeviceId& id, const std::string& scope, Deadline d) override {
        return with([&](FakeBoard& b) { return b.begin(kind, id, scope, d); });
    }
    Result<Bytes> makeKey(Deadline d) override {
        return with([&](FakeBoard& b) { return b.makeKey(d); });
    }
    Result<void> write(const flashing::Credential& credential, Deadline d) override {
        return with([&](FakeBoard& b) { return b.write(credential, d); });
    }
    Result<Bytes> prove(BytesView nonce, Deadline d) override {
        return with([&](FakeBoard& b) { return b.prove(nonce, d); });
    }
    Result<void> lock(Deadline d) override {
        auto locked = with([&](FakeBoard& b) { return b.lock(d); });
        const std::lock_guard guard(m_bench.mutex);
        if (locked && m_bench.feeds) m_bench.board = TestStation::silicon();
        return locked;
    }
    Result<void> erase(Deadline d) override {
        return with([&](FakeBoard& b) { return b.erase(d); });
    }

    bool lost() const override {
        const std::lock_guard lock(m_bench.mutex);
        return m_bench.unplugged && m_opening == m_bench.opened;
    }

private:
    Bench& m_bench;
    const int m_opening;
};

/// A line over such fixtures, and what it told.
class LineBench {
public:
    explicit LineBench(int fixtures, workflow::LineOptions options = scripted()) : m_benches(static_cast<std::size_t>(fixtures)) {
        for (int n = 1; n <= fixtures; ++n) {
            m_fixtures.push_back({"F" + std::to_string(n), "", "", "FIX-" + std::to_string(n)});
        }
        options.openBoard = [this](const workflow::FixtureConfig& fixture, Deadline) -> Result<std::unique_ptr<flashing::Board>> {
            Bench& opened = bench(std::stoi(fixture.name.substr(1)));
            const std::lock_guard lock(opened.mutex);
            ++opened.opened;
            opened.unplugged = false;
            if (opened.cannotOpen > 0) {
                --opened.cannotOpen;
                return Error{ErrorCode::LinkUnavailable, fixture.name};
            }
            return std::unique_ptr<flashing::Board>{std::make_unique<BenchBoard>(opened)};
        };
        m_options = std::move(options);
    }
    static workflow::LineOptions scripted() {
        workflow::LineOptions options;
        options.presencePoll = std::chrono::milliseconds(0);
        options.queueScans = true;
        return options;
    }
    static workflow::LineOptions watched() {
        workflow::LineOptions options;
        options.presencePoll = std::chrono::milliseconds(2);
        return options;
    }
    workflow::Line& open(const std::string& batch) {
        m_line = std::make_unique<workflow::Line>(station.station(), batch, m_fixtures, m_options, [this](const workflow::FixtureStatus& status) {
            const std::lock_guard lock(m_mutex);
            m_told.push_back(status);
            m_changed.notify_all();
        });
        return *m_line;
    }
    void close() { m_line.reset(); }
    Bench& bench(int number) { return m_benches[static_cast<std::size_t>(number - 1)]; }
    std::vector<workflow::FixtureStatus> told() {
        const std::lock_guard lock(m_mutex);
        return m_told;
    }
    std::vector<workflow::FixtureStatus> done() {
        auto all = told();
        std::erase_if(all, [](const workflow::FixtureStatus& status) { return status.phase != workflow::FixtureStatus::Phase::Done; });
        return all;
    }
    /// Waits until such a status was told.
    bool sees(const std::function<bool(const workflow::FixtureStatus&)>& wanted) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, kPatience, [&] { return std::any_of(m_told.begin(), m_told.end(), wanted); });
    }

    TestStation station;

private:
    std::vector<Bench> m_benches;
    std::vector<workflow::FixtureConfig> m_fixtures;
    workflow::LineOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<workflow::FixtureStatus> m_told;
    std::unique_ptr<workflow::Line> m_line;
};

}  // namespace keystamp::test
