// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/console_board.h"

#include <fmt/format.h>

#include "flashing/console/scripted_board.h"

namespace keystamp::flashing::console {
namespace {

Result<Values> optionsOf(const Profile& profile, const DriverOptions& options) {
    Values values;
    for (const auto& [name, value] : profile.options) values.emplace(name, Secret::copyOf(value));
    for (const auto& [name, value] : options) {
        if (name == "profile") continue;
        if (values.contains(name)) {
            values.insert_or_assign(name, Secret::copyOf(value));
            continue;
        }
        std::string names;
        for (const auto& each : profile.options) names += (names.empty() ? "" : ", ") + each.first;
        return Error{ErrorCode::BadConfig, fmt::format("{} is not a key here; the profile {} has {}", name, profile.file, names.empty() ? "none" : names)};
    }
    return values;
}

/// The profile that a driver is, with its options.
Result<std::string> profileOf(const std::string& driver, const DriverOptions& options) {
    const auto file = options.find("profile");
    if (driver != "console") {
        if (file == options.end()) return driver;
        return Error{ErrorCode::BadConfig, "profile is a key of the driver console; " + driver + " has its own"};
    }
    if (file == options.end()) return Error{ErrorCode::BadConfig, "the driver console needs a profile: [driver.console] profile = \"FILE.toml\""};
    return file->second;
}

}  // namespace

Result<std::unique_ptr<Board>> openProfile(const std::string& profile, std::unique_ptr<Link> link, const DriverOptions& options, Listener listener) {
    auto loaded = Profile::load(profile);
    if (!loaded) return loaded.error();
    auto values = optionsOf(*loaded, options);
    if (!values) return values.error();
    return makeScriptedBoard(*std::move(loaded), *std::move(values), std::move(link), std::move(listener));
}

Result<std::unique_ptr<Board>> openConsoleBoard(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options) {
    const auto profile = profileOf(driver, options);
    if (!profile) return profile.error();
    return openProfile(*profile, std::move(link), options, {});
}

Result<void> checkConsoleOptions(const std::string& driver, const DriverOptions& options) {
    const auto profile = profileOf(driver, options);
    if (!profile) return profile.error();
    const auto loaded = Profile::load(*profile);
    if (!loaded) return loaded.error();
    if (auto values = optionsOf(*loaded, options); !values) return values.error();
    return {};
}

Result<ProfileSummary> checkProfileFile(const std::string& profile) {
    const auto loaded = Profile::load(profile);
    if (!loaded) return loaded.error();
    ProfileSummary summary;
    summary.name = loaded->name;
    summary.evidence = loaded->shows == Shows::Itself ? "read-back" : loaded->shows == Shows::ItsDigest ? "digest" : "accepted";
    if (loaded->has(Act::WriteSas)) summary.modes.emplace_back("sas");
    if (loaded->has(Act::WriteX509)) summary.modes.emplace_back("x509");
    for (const auto& [act, steps] : loaded->acts) summary.acts.push_back(fmt::format("{} {}", name(act), steps.size()));
    summary.makesKeys = loaded->has(Act::MakeKey);
    summary.usbSerial = loaded->usbSerial;
    return summary;
}

}  // namespace keystamp::flashing::console
