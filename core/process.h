// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "core/result.h"

namespace keystamp {

/// What every program that meets secrets does first in main: locked secure heap, no core files, not dumpable (so no
/// other process of this user can attach or read its memory), SIGPIPE ignored. Dies with the reason where it cannot.
Result<void> hardenProcess();

/// The name of the user that runs this process, or "uid 1000" where that has none.
std::string userName();

/// A program of ours beside the running one: "keystamp-signer" in the folder of /proc/self/exe.
std::string siblingProgram(const std::string& name);

/// Writes a progress line to standard error; on a terminal it replaces the last one, elsewhere it is left out. Names
/// the work and how far it is. Threads: one at a time.
void showProgress(const std::string& line);
void endProgress();

}  // namespace keystamp
