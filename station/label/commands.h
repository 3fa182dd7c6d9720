// SPDX-License-Identifier: Apache-2.0
// Private to label: ZPL taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keystamp::label {

/// One command: `^FO10,20` is '^', "FO", "10,20".
struct Command {
    char prefix = '^';
    std::string code;  ///< two characters, upper case; of ^A the font is the second
    std::string data;  ///< up to the next command
    std::size_t line = 1;
};
/// What stands before the first command is left out.
std::vector<Command> commandsOf(std::string_view zpl);

}  // namespace keystamp::label
