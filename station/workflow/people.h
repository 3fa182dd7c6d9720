// SPDX-License-Identifier: Apache-2.0
// Who may be at the station, and what their role lets them do. Any thread.
#pragma once

#include "core/result.h"
#include "core/secret.h"
#include "db/people.h"
#include "hsm/signer.h"
#include "station/workflow/station.h"

namespace keystamp::workflow {

/// Boards are an operator's and a supervisor's work; an auditor looks on.
constexpr bool mayRunBoards(db::Role role) { return role != db::Role::Auditor; }
/// Acts on units, each by a passphrase of their own.
constexpr bool maySupervise(db::Role role) { return role == db::Role::Supervisor; }

/// A badge's code is what a scanner types: this many bytes, printable ASCII, no blank at either end. BadUsage, without the code.
inline constexpr std::size_t kShortestBadge = 4, kLongestBadge = 128;
Result<Digest> badgeOf(BytesView code);

/// By a supervisor, in the signer's ledger and audited. As db::People::add; a supervisor's badge works at the kiosk together with the
/// passphrase that the signer knows under the same name.
Result<void> addPerson(Station& station, const std::string& name, db::Role role, BytesView badge, const hsm::Authority& authority);
/// As db::People::remove.
Result<void> removePerson(Station& station, const std::string& name, const hsm::Authority& authority);
/// UnknownPerson where nobody here is called so.
Result<db::Person> findPresent(Station& station, const std::string& name);
Result<void> checkPresent(Station& station, const std::string& name);
/// Whether the signer knows this supervisor by this passphrase; in its ledger. Wrong ones are slowed as all are.
Result<void> logInSupervisor(Station& station, const hsm::Authority& authority);

}  // namespace keystamp::workflow
