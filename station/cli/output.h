// SPDX-License-Identifier: Apache-2.0
// Results on standard output, as text or as JSON; errors on standard error; exit codes.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/error.h"
#include "db/audit_log.h"
#include "db/manifest.h"
#include "db/records.h"
#include "station/cli/context.h"

namespace keystamp::cli {

/// Keys in the order they were put in.
using Json = nlohmann::ordered_json;

// Exit codes, the same for every command.
constexpr int kDone = 0;
constexpr int kRefused = 1;  ///< a unit or a check failed, or a rule said no
constexpr int kUsage = 2;
constexpr int kStation = 3;

int exitCode(ErrorCode code);
/// Says what happened and what to do; the exit code that goes with it.
int fail(const Context& context, const Error& error);
/// Prints `text` (a newline is added unless it is empty), or `json` where that was asked for.
void print(const Context& context, const std::string& text, const Json& json);

/// A secret, past every buffer that would keep it.
Result<void> putOut(std::string_view text);

Json toJson(const Error& error);
Json toJson(const db::BatchProgress& progress);
Json toJson(const db::Unit& unit);
Json toJson(const db::JobRecord& job);
Json toJson(const db::ManifestReport& report);
Json toJson(const db::AuditReport& report);
Json toJson(const db::Checkpoint& checkpoint);

/// 2026-11-24T07:53:18.250Z, or null.
Json timeOrNull(UtcTime time);

}  // namespace keystamp::cli
