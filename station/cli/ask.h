// SPDX-License-Identifier: Apache-2.0
// Secrets come from a person at the terminal, from a descriptor, or (a demo token's) from a file; never from an
// argument or the environment.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/result.h"
#include "core/secret.h"
#include "hsm/signer.h"
#include "station/cli/context.h"

namespace keystamp::cli {

/// Asks at the controlling terminal without echo, whatever standard input is. `orElse` says how to give it where there
/// is none.
Result<Secret> ask(const std::string& prompt, const Error& orElse);

/// Sees to it that the HSM is logged in where it waits for its PIN. At a terminal a wrong PIN is asked for again, three
/// times at most, one C_Login each; from a descriptor there is one try.
Result<void> unlock(hsm::Signer& signer, int pinFd);

/// Calls `act` with the supervisor's authority. At a terminal a wrong passphrase is asked for again, three times at
/// most.
Result<void> withAuthority(const Context& context, workflow::Station& station,
                           const std::function<Result<void>(const hsm::Authority&)>& act);
/// What a supervisor did with a key, into the audit log: `row` and who.
Result<void> auditAct(workflow::Station& station, const char* kind, nlohmann::ordered_json row, const std::string& supervisor);

}  // namespace keystamp::cli
