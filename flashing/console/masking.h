// SPDX-License-Identifier: Apache-2.0
// Private to console: what a board said, as it may be shown. A console echoes keys, prints them, and sometimes garbles them.
#pragma once

#include "flashing/console/profile.h"

namespace keystamp::flashing::console {

/// Printable, without line ends; `****` for what `redact` finds and what is secret of `sent`, or a part of it. Of a step that sends or captures a secret, and of
/// any where `guarded` says that one was sent before, only what `expect` or `fail` finds is shown: a key that comes late or garbled is still
/// most of a key.
std::string masked(const Step& step, std::string_view answer, const std::vector<Secret>& sent, const std::vector<Pattern>& redact, bool guarded);

/// Text on one line, printable, not too long.
std::string onOneLine(std::string_view text);

bool isSecretStep(const Step& step);

}  // namespace keystamp::flashing::console
