// SPDX-License-Identifier: Apache-2.0
// A station's first run: its first supervisor, and one unit to try it all with. Any thread.
#pragma once

#include <string>
#include <vector>

#include "db/people.h"
#include "hsm/signer.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

/// Whether nobody has begun with this station yet: no supervisor is enrolled and no person known. A demo's supervisor comes with its token.
Result<bool> wantsFirstRun(Station& station);

/// BadUsage for a name or badge that could not be enrolled, before a passphrase is asked for.
Result<void> checkFirstSupervisor(const std::string& name, BytesView badge);
/// In the signer first (SupervisorExists), then with their badge in the journal, then logged in, all audited: repeating it after a failure
/// between completes it.
Result<db::Person> enrolFirstSupervisor(Station& station, BytesView badge, const hsm::Authority& first);
/// Another badge for them: one that was scanned before the keyboard's layout was set right is another code. BadUsage; repeating it completes it.
Result<db::Person> changeBadge(Station& station, BytesView badge, const hsm::Authority& authority);

/// What a unit can be given here, certificates first.
Result<std::vector<Mode>> testModes(Station& station);
/// A scope of nobody's, for a unit that is to connect nowhere.
inline constexpr const char* kNobodysScope = "0ne00000000";
/// A batch of one unit, spare ones for a board that fails at first; its name and its device IDs, which have the station's name in them, are
/// not taken. Errors as completeOrder.
Result<BatchOrder> testOrder(Station& station, Mode mode, const std::string& scopeId);

/// What became of it.
struct TestEnd {
    std::string unit;     ///< the device ID of the one that was recorded; empty where none was
    bool closed = false;  ///< else paused: a unit waits for its board
};
/// Its end: closed, as closeBatch does, or, where a unit waits for its board, paused.
Result<TestEnd> endTest(Station& station, const std::string& batch, const std::string& who);

}  // namespace keystamp::workflow
