// SPDX-License-Identifier: Apache-2.0
// A board with a serial console, spoken to as a profile says (README.md).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "flashing/board.h"

namespace keystamp::flashing::console {

/// `console` with options.profile = a file, or a driver whose name is a shipped profile's. Other options are the profile's own. BadConfig
/// names file, line and key.
Result<std::unique_ptr<Board>> openConsoleBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options);
Result<void> checkConsoleOptions(const std::string& driver, const DriverOptions& options);

/// The same, of a profile given by file or name; each line that is sent (">") and each answer ("<") is told, secrets masked.
using Listener = std::function<void(std::string_view side, const std::string& text)>;
Result<std::unique_ptr<Board>> openProfile(const std::string& profile, std::unique_ptr<Link> link, const DriverOptions& options, Listener listener);

/// What there is to say of a good profile.
struct ProfileSummary {
    std::string name;
    std::string evidence;            ///< "read-back", "digest", "accepted"
    std::vector<std::string> modes;  ///< "sas", "x509"
    std::vector<std::string> acts;   ///< with the number of their steps: "uid 1"
    bool makesKeys = false;
    bool usbSerial = false;
};
Result<ProfileSummary> checkProfileFile(const std::string& profile);

}  // namespace keystamp::flashing::console
