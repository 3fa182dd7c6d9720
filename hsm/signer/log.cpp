// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/log.h"

#include <unistd.h>

#include "core/clock.h"

namespace keystamp::hsm {

void say(const std::string& line) {
    const std::string text = toText(utcNow()) + " keystamp-signer[" + std::to_string(::getpid()) + "]: " + line + "\n";
    [[maybe_unused]] const auto put = ::write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace keystamp::hsm
