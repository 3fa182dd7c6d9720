// SPDX-License-Identifier: Apache-2.0
// The files of an identity on a gateway (flashing/boards/linux.md has the list).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flashing/board.h"
#include "flashing/linux/layout.h"

namespace keystamp::flashing::linux_shell {

/// Says that a folder is this station's, for whom, and by which write.
constexpr const char* kMarker = "keystamp";
constexpr std::string_view kFileEnd = "KS_END\n";

struct File {
    std::string name;
    Secret text;  ///< its last line has an end
};
/// Without the marker, and without a key that the board made.
std::vector<File> filesOf(const Layout& layout, const Credential& credential);

}  // namespace keystamp::flashing::linux_shell
