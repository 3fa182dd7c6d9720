// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what the signer's processes say, a line each with time and pid, to standard error (signer.log, or the journal of
// systemd). Never a secret.
#pragma once

#include <string>

namespace keystamp::hsm {

void say(const std::string& line);

}  // namespace keystamp::hsm
