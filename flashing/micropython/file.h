// SPDX-License-Identifier: Apache-2.0
// The identity's one file on a MicroPython board: JSON in one fixed form, so that it is made and read in secure memory. One that was cut short is
// no JSON, and so no identity.
#pragma once

#include <optional>
#include <string>

#include "core/bytes.h"
#include "core/secret.h"
#include "flashing/board.h"

namespace keystamp::flashing::micropython {

Secret fileOf(const Credential& credential);

struct FileContents {
    bool foreign = false;  ///< something that this station does not write
    std::optional<Digest> credential;
    std::string deviceId;
    std::string scopeId;
};
FileContents readIdentityFile(const Secret& file);

}  // namespace keystamp::flashing::micropython
