// SPDX-License-Identifier: Apache-2.0
#include "station/cli/context.h"

#include <CLI/CLI.hpp>

#include "core/process.h"
#include "station/cli/ask.h"

namespace keystamp::cli {
namespace {

template <typename Target>
CLI::Option* addSlotOption(CLI::App* command, Target& slot) {
    const auto take = [&slot](const std::string& text) {
        const auto parsed = parseSlot(text);
        if (!parsed) throw CLI::ValidationError("--slot", text + " is neither primary nor secondary");
        slot = *parsed;
    };
    return command->add_option_function<std::string>("--slot", take, "primary or secondary")->type_name("SLOT");
}

}  // namespace

CLI::App* addCommand(CLI::App& parent, const std::string& name, const std::string& what, const std::string& examples) {
    CLI::App* command = parent.add_subcommand(name, what);
    command->footer("Examples:\n" + examples);
    command->fallthrough();  // so that --config may stand behind the command, too
    return command;
}

CLI::App* addGroup(CLI::App& parent, const std::string& name, const std::string& what, const std::string& examples) {
    CLI::App* group = addCommand(parent, name, what, examples);
    group->require_subcommand(1);
    return group;
}

void onRun(CLI::App* command, Context& context, std::function<int()> action) {
    command->callback([&context, action = std::move(action)] { context.action = action; });
}

void addJson(CLI::App* command, Context& context) {
    command->add_flag("--json", context.json, "Print the result as JSON; an error too, as {\"error\": ...}");
}

void addPin(CLI::App* command, Context& context) {
    command
        ->add_option("--pin-fd", context.pinFd,
                     "Read the HSM's PIN from this descriptor if it is needed; else it is asked for")
        ->type_name("N");
}

void addAuthority(CLI::App* command, Context& context) {
    command->add_option("--as", context.as, "The supervisor who allows it; else the one in the configuration")
        ->type_name("NAME");
    command
        ->add_option("--auth-fd", context.authFd,
                     "Read the supervisor's passphrase from this descriptor; else it is asked for")
        ->type_name("N");
}

CLI::Option* addSlot(CLI::App* command, Slot& slot) { return addSlotOption(command, slot); }
CLI::Option* addSlot(CLI::App* command, std::optional<Slot>& slot) { return addSlotOption(command, slot); }

Result<workflow::Config> loadConfig(const Context& context) {
    return workflow::loadConfig(context.configPath.empty() ? std::nullopt : std::optional{context.configPath});
}

Result<std::unique_ptr<workflow::Station>> open(Context& context, workflow::Station::Use use) {
    const auto config = loadConfig(context);
    if (!config) return config.error();
    auto station = workflow::openStation(*config, use);
    if (station && (*station)->signer) {
        if (const auto ready = unlock(*(*station)->signer, context.pinFd); !ready) return ready.error();
    }
    return station;
}

std::string who(const Context& context) {
    return context.as.empty() ? userName() : context.as;
}

}  // namespace keystamp::cli
