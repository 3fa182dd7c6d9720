// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QThreadPool>
#include <memory>
#include <utility>

namespace keystamp::viewmodel {

/// Work that may block (journal, signer, sockets), away from the GUI thread: one thing after another, in the order
/// asked. `then` gets the result on the receiver's thread. A receiver must not go before finish() or the destructor has
/// returned.
class Background {
public:
    Background() { m_pool.setMaxThreadCount(1); }
    ~Background() { finish(); }
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

    /// Waits for what runs and drops what has not begun.
    void finish() {
        m_pool.clear();
        m_pool.waitForDone();
    }

    template <typename Work, typename Then>
    void run(QObject* receiver, Work work, Then then) {
        // shared: the pool copies what it runs, and neither a Secret nor a Station can be copied
        auto task = std::make_shared<std::pair<Work, Then>>(std::move(work), std::move(then));
        m_pool.start([receiver, task] {
            using Made = decltype(task->first());
            auto made = std::make_shared<Made>(task->first());
            QMetaObject::invokeMethod(
                receiver, [task, made] { task->second(std::move(*made)); }, Qt::QueuedConnection);
        });
    }

private:
    QThreadPool m_pool;
};

}  // namespace keystamp::viewmodel
