// SPDX-License-Identifier: Apache-2.0
// A link under which one board is taken off and another put on, in the middle of whatever is being said.
#pragma once

#include <cstddef>
#include <memory>

#include "flashing/link/link.h"

namespace keystamp::test {

/// Leads to `first` until step `at` of the conversation and to `second` from it on. A step is whatever is sent, and whatever is waited
/// for after that: before each of them hands may reach for the board. `steps`, where given, is told how many there were.
std::unique_ptr<flashing::Link> swapping(std::unique_ptr<flashing::Link> first, std::unique_ptr<flashing::Link> second, std::size_t at,
                                         std::size_t* steps = nullptr);

}  // namespace keystamp::test
