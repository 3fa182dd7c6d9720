// SPDX-License-Identifier: Apache-2.0
// Where a Linux gateway keeps its identity, and whom to log in as: the table [driver.linux] of station.toml.
#pragma once

#include <string>

#include "flashing/board.h"

namespace keystamp::flashing::linux_shell {

struct Layout {
    std::string user;          ///< no default
    std::string passwordFile;  ///< absolute; empty: none is asked for
    std::string folder = "/etc/keystamp-identity";  ///< absolute, or ~/ for the user's own
    std::string owner;         ///< user[:group] of folder and files; empty: who logs in
    std::string mode = "0400"; ///< of the files; the folder's has an x where that has an r
    std::string uid;           ///< a command that says it; empty: the device tree's serial number, else /etc/machine-id
    std::string endpoint = "global.azure-devices-provisioning.net";
    bool makesKeys = true;     ///< where it has openssl

    /// BadConfig names the key.
    static Result<Layout> of(const DriverOptions& options);
};

}  // namespace keystamp::flashing::linux_shell
