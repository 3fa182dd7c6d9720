// SPDX-License-Identifier: Apache-2.0
// How the emulated gateways of keystamp-board are logged in to.
#pragma once

#include <sys/stat.h>

#include <string>

#include "core/file.h"
#include "flashing/board.h"
#include "tests/support/temp_folder.h"

namespace keystamp::test {

/// The home of each is its own, and so the folder and the number in it.
inline flashing::DriverOptions gatewayOptions() {
    static const TempFolder folder;
    static const std::string file = [] {
        std::string path = folder.path() + "/password";
        if (!writeFile(path, "virtual-board\n") || ::chmod(path.c_str(), 0400) != 0) std::abort();
        return path;
    }();
    return {{"user", "gateway"}, {"password_file", file}, {"folder", "~/azure"}, {"uid", "cat ~/../serial"}};
}

}  // namespace keystamp::test
