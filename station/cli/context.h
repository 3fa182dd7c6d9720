// SPDX-License-Identifier: Apache-2.0
// What every command shares: the options that stand on many of them, and how they open the station.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "station/workflow/station.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace keystamp::cli {

struct Context {
    std::string configPath;  ///< empty: KEYSTAMP_CONFIG, else /etc/keystamp/station.toml
    bool json = false;
    int pinFd = -1;
    int authFd = -1;
    std::string as;
    /// What the command line asked for; main calls it and exits with what it returns.
    std::function<int()> action;
};

/// A command with its options; `action` runs after everything was parsed.
CLI::App* addCommand(CLI::App& parent, const std::string& name, const std::string& what, const std::string& examples);
/// A word that only holds commands.
CLI::App* addGroup(CLI::App& parent, const std::string& name, const std::string& what, const std::string& examples);
void onRun(CLI::App* command, Context& context, std::function<int()> action);

void addJson(CLI::App* command, Context& context);
void addPin(CLI::App* command, Context& context);
/// --as and --auth-fd.
void addAuthority(CLI::App* command, Context& context);
CLI::Option* addSlot(CLI::App* command, Slot& slot);
CLI::Option* addSlot(CLI::App* command, std::optional<Slot>& slot);

Result<workflow::Config> loadConfig(const Context& context);
/// Opens the station and, where the signer waits for its PIN, has it entered.
Result<std::unique_ptr<workflow::Station>> open(Context& context, workflow::Station::Use use);
/// Who is named in the audit log where no authority is asked for.
std::string who(const Context& context);

// Each command group is a file.
void addPreflight(CLI::App& app, Context& context);
void addBatch(CLI::App& app, Context& context);
void addBatchCreate(CLI::App& group, Context& context);  ///< of `batch`
void addBatchExtend(CLI::App& group, Context& context);  ///< of `batch`: extend, release
void addBatchExport(CLI::App& group, Context& context);  ///< of `batch`
void addRun(CLI::App& app, Context& context);
void addScan(CLI::App& app, Context& context);
void addUnit(CLI::App& app, Context& context);
void addPerson(CLI::App& app, Context& context);
void addManifest(CLI::App& app, Context& context);
void addAudit(CLI::App& app, Context& context);
void addJournal(CLI::App& app, Context& context);
void addLabel(CLI::App& app, Context& context);
void addCa(CLI::App& app, Context& context);
void addCaLifecycle(CLI::App& group, Context& context);  ///< of `ca`
void addCaVerify(CLI::App& group, Context& context);     ///< of `ca`
void addSas(CLI::App& app, Context& context);
void addCloud(CLI::App& app, Context& context);
void addCloudStates(CLI::App& group, Context& context);  ///< of `cloud`
void addCloudPush(CLI::App& group, Context& context);    ///< of `cloud`
void addBoard(CLI::App& app, Context& context);

}  // namespace keystamp::cli
