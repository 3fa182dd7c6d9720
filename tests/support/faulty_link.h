// SPDX-License-Identifier: Apache-2.0
// A relay between a link and its board, in one process: something goes wrong once, at a byte of the whole conversation.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "flashing/link/link.h"

namespace keystamp::test {

enum class LinkFault { Drop, Corrupt, Duplicate, Delay, Flood, Unplug };
std::string nameOf(LinkFault fault);

/// Both ways count: byte `at` is the first that is touched, whichever way it goes. `passed`, where given, is told how many went by.
std::unique_ptr<flashing::Link> faulty(std::unique_ptr<flashing::Link> link, LinkFault fault, std::size_t at, std::size_t* passed = nullptr);

}  // namespace keystamp::test
