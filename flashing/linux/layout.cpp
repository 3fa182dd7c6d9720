// SPDX-License-Identifier: Apache-2.0
#include "flashing/linux/layout.h"

#include <algorithm>
#include <iterator>
#include <regex>
#include <utility>

#include "flashing/options.h"

namespace keystamp::flashing::linux_shell {

Result<Layout> Layout::of(const DriverOptions& options) {
    Layout layout;
    struct Key {
        std::string_view name;
        std::string* into;
        const char* form;
        const char* why;
    };
    const Key keys[] = {
        {"user", &layout.user, "[A-Za-z_][-A-Za-z0-9_.]{0,31}", "is a user's name"},
        {"password_file", &layout.passwordFile, "/[^\\x00-\\x1f]{1,200}", "is an absolute path of this station's; its mode is 0400"},
        {"folder", &layout.folder, "(/|~/)[-A-Za-z0-9_./]{1,100}", "is an absolute path, or one below ~/, of letters, digits and -_./"},
        {"owner", &layout.owner, "[A-Za-z_0-9][-A-Za-z0-9_.]{0,31}(:[A-Za-z_0-9][-A-Za-z0-9_.]{0,31})?", "is user or user:group"},
        {"mode", &layout.mode, "0?[46][04]0", "is 0400, 0440, 0600 or 0640: others may not read a key"},
        {"uid", &layout.uid, "[^\\x00-\\x1f]{1,200}", "is one line of shell that says it"},
        {"endpoint", &layout.endpoint, "[A-Za-z0-9.-]{1,253}", "is a host's name"}};
    for (const auto& [key, value] : options) {
        if (key == "keys") {
            layout.makesKeys = value == "device";
            if (value != "device" && value != "station") return badOption(key, "is device (where it has openssl) or station");
            continue;
        }
        const auto* known = std::find_if(std::begin(keys), std::end(keys), [&wanted = key](const Key& each) { return each.name == wanted; });
        if (known == std::end(keys)) return badOption(key, "is not a key here");
        if (value.size() > 253 || !std::regex_match(value, std::regex{known->form})) return badOption(key, known->why);
        *known->into = value;
    }
    if (layout.user.empty()) return badOption("user", "is missing: whom to log in as");
    return layout;
}

}  // namespace keystamp::flashing::linux_shell
