// SPDX-License-Identifier: Apache-2.0
#include "station/label/commands.h"

#include <algorithm>
#include <cctype>

namespace keystamp::label {

std::vector<Command> commandsOf(std::string_view zpl) {
    constexpr std::string_view kPrefixes = "^~";
    std::vector<Command> commands;
    std::size_t line = 1;
    std::size_t counted = 0;
    for (std::size_t at = zpl.find_first_of(kPrefixes); at != std::string_view::npos;) {
        line += static_cast<std::size_t>(std::count(zpl.begin() + static_cast<std::ptrdiff_t>(counted), zpl.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
        counted = at;
        const std::size_t end = zpl.find_first_of(kPrefixes, at + 1);
        std::string_view all = zpl.substr(at, end == std::string_view::npos ? end : end - at);
        Command command{all.front(), std::string{all.substr(1, 2)}, std::string{all.substr(std::min<std::size_t>(3, all.size()))}, line};
        for (char& c : command.code) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        commands.push_back(std::move(command));
        at = end;
    }
    return commands;
}

}  // namespace keystamp::label
