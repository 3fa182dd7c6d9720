// SPDX-License-Identifier: Apache-2.0
#include "station/cli/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "core/process.h"
#include "station/cli/output.h"

namespace keystamp::cli {

using workflow::Check;

void ChecksShown::show(const Check& check) {
    endProgress();
    const char* word = !check.good ? "BAD" : check.nextStep.empty() ? "good" : "soon";
    if (!m_context.json) {
        std::printf("%s\n", fmt::format("{:<5} {:<14} {}{}", word, check.name, check.detail,
                                        check.nextStep.empty() ? "" : "\n" + std::string(21, ' ') + check.nextStep)
                                .c_str());
    }
    std::fflush(stdout);
    showProgress("checking");
}

int ChecksShown::end(const std::vector<Check>& checks, const std::string& good, const std::string& bad) {
    endProgress();
    const auto failed = std::count_if(checks.begin(), checks.end(), [](const Check& check) { return !check.good; });
    Json json{{"good", failed == 0}, {"checks", Json::array()}};
    for (const auto& check : checks) {
        json["checks"].push_back({{"name", check.name}, {"good", check.good}, {"detail", check.detail}, {"next", check.nextStep}});
    }
    print(m_context, failed == 0 ? good : fmt::format("{}: {} of {} checks are bad.", bad, failed, checks.size()), json);
    return failed == 0 ? kDone : kStation;
}

}  // namespace keystamp::cli
