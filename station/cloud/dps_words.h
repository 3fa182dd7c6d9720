// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace keystamp::cloud {

/// What an errorCode of DPS means and what to do about it, in one or two sentences; the service's own words where it is none that is known.
std::string inWords(long errorCode, const std::string& message);

}  // namespace keystamp::cloud
