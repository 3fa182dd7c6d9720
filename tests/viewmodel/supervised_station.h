// SPDX-License-Identifier: Apache-2.0
// A station with a journal of its own and a signer in memory, for what persons do at the kiosk.
#pragma once

#include <QCoreApplication>
#include <QElapsedTimer>
#include <memory>

#include "station/viewmodel/authority_controller.h"
#include "station/workflow/people.h"
#include "tests/support/fake_signer.h"
#include "tests/support/journal.h"

namespace keystamp::test {

/// Waits for what comes by queued calls.
template <typename Look>
bool comes(Look look, int milliseconds = 10'000) {
    QElapsedTimer clock;
    clock.start();
    while (!look()) {
        if (clock.elapsed() > milliseconds) return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    return true;
}

inline void enter(viewmodel::AuthorityController& authority, const std::string& passphrase) {
    for (const char c : passphrase) authority.entry()->key(c);
    authority.entry()->submit();
}

struct SupervisedStation {
    SupervisedStation() {
        station->journal = must(db::Journal::open(folder / "journal.db", "test-line"));
        station->signer = std::make_unique<FakeSigner>();
        station->config.name = "test-line";
    }
    db::Journal& journal() { return *station->journal; }
    void add(const std::string& name, db::Role role, const std::string& badge) {
        must(db::People{journal()}.add(name, role, db::badgeDigest(asBytes(badge)), "supervisor"));
    }

    TempFolder folder{TempFolder::On::Memory};
    std::shared_ptr<workflow::Station> station = std::make_shared<workflow::Station>();
};

}  // namespace keystamp::test
