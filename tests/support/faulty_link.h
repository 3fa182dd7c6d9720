// SPDX-License-Identifier: Apache-2.0
// A relay between a link and its board, in one process: something goes wrong, at a byte of the whole conversation.
#pragma once

#include <memory>

#include "flashing/link/link.h"
#include "tests/support/link_fault.h"

namespace keystamp::test {

/// `passed`, where given, is told how many bytes went by, both ways.
std::unique_ptr<flashing::Link> faulty(std::unique_ptr<flashing::Link> link, LinkFault fault, std::size_t at, std::size_t* passed = nullptr);

}  // namespace keystamp::test
