// SPDX-License-Identifier: Apache-2.0
// What a defect of a board's driver may cost: one ERROR, and neither its fixture's thread nor the station.
#pragma once

#include <exception>
#include <type_traits>
#include <typeinfo>

#include "core/result.h"

namespace keystamp::workflow {

/// What `act` says, a Result; Internal, with the kind of exception alone, where it throws. An exception's words may quote what a board was sent.
template <typename Act>
std::invoke_result_t<Act> guarded(const Act& act) {
    try {
        return act();
    } catch (const std::exception& problem) {
        return Error{ErrorCode::Internal, "exception", 0, typeid(problem).name()};
    }
}

}  // namespace keystamp::workflow
