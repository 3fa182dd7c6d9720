// SPDX-License-Identifier: Apache-2.0
// Checks of a preflight as they come, and what came of all of them.
#pragma once

#include <string>
#include <vector>

#include "station/cli/context.h"

namespace keystamp::cli {

class ChecksShown {
public:
    explicit ChecksShown(const Context& context) : m_context(context) {}
    void show(const workflow::Check& check);
    /// The exit code.
    int end(const std::vector<workflow::Check>& checks, const std::string& good, const std::string& bad);

private:
    const Context& m_context;
};

}  // namespace keystamp::cli
