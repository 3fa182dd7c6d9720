// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "station/cli/ask.h"
#include "station/cli/output.h"
#include "station/workflow/people.h"

namespace keystamp::cli {
namespace {

using workflow::Station;

struct Options {
    std::string name, role;
};

Result<Secret> readBadge(const std::string& name) {
    auto code = readSecret(STDIN_FILENO, fmt::format("Scan the badge of {}: ", name));
    if (!code) return Error{ErrorCode::BadUsage, "the badge's code goes to standard input: scan it there"};
    if (auto good = workflow::badgeOf(code->view()); !good) return good.error();
    return code;
}

int add(Context& context, const Options& options) {
    const auto role = db::parseRole(options.role);
    if (!role) return fail(context, role.error());
    const auto badge = readBadge(options.name);
    if (!badge) return fail(context, badge.error());
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) {
        return workflow::addPerson(**station, options.name, *role, badge->view(), authority);
    });
    if (!done) return fail(context, done.error());
    std::string words = fmt::format("{} may be at this station: {}.", options.name, db::name(*role));
    if (*role == db::Role::Supervisor) {
        words += "\nThe kiosk asks for the passphrase beside the badge: `keystamp-signer add-supervisor` must know that name.";
    }
    print(context, words, Json{{"name", options.name}, {"role", db::name(*role)}});
    return kDone;
}

int remove(Context& context, const std::string& name) {
    auto station = open(context, Station::Use::Signer);
    if (!station) return fail(context, station.error());
    const auto done = withAuthority(context, **station, [&](const hsm::Authority& authority) {
        return workflow::removePerson(**station, name, authority);
    });
    if (!done) return fail(context, done.error());
    print(context, name + " may be at this station no more; the badge is nobody's.", Json{{"name", name}, {"removed", true}});
    return kDone;
}

int list(Context& context) {
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const auto people = db::People{*(*station)->journal}.present();
    if (!people) return fail(context, people.error());
    std::string page;
    Json all = Json::array();
    for (const db::Person& person : *people) {
        page += fmt::format("{}{:<10}  {}  (added by {}, {})", page.empty() ? "" : "\n", db::name(person.role), person.name, person.addedBy,
                            toText(person.addedAt));
        all.push_back({{"name", person.name}, {"role", db::name(person.role)}, {"addedBy", person.addedBy}, {"addedAt", timeOrNull(person.addedAt)}});
    }
    print(context, page.empty() ? "Nobody: the kiosk asks for no badge, and the audit log names no person." : page, all);
    return kDone;
}

CLI::App* supervised(CLI::App& group, Context& context, const char* word, const char* what, const std::string& examples, Options& options) {
    CLI::App* command = addCommand(group, word, what, examples);
    command->add_option("name", options.name, "As the audit log shall call that person")->required()->type_name("NAME");
    addAuthority(command, context);
    addPin(command, context);
    addJson(command, context);
    return command;
}

}  // namespace

void addPerson(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "person", "Who may be at this station, and by which badge",
                               "  keystamp person add 'Erika M.' --role operator      (asks for the badge)\n"
                               "  keystamp person list\n"
                               "  keystamp person remove 'Erika M.'");
    const auto options = std::make_shared<Options>();
    CLI::App* added = supervised(*group, context, "add", "Let somebody log in by a badge; a supervisor's act",
                                 "  keystamp person add 'Erika M.' --role operator --as anna\n"
                                 "  keystamp person add bert --role auditor </dev/ttyACM0    (a scanner's serial port)\n"
                                 "\n"
                                 "From the first person on, the kiosk begins with a page that asks for a badge. The badge is scanned or typed, never an\n"
                                 "argument; the journal keeps a digest of it.\n"
                                 "An operator runs boards. An auditor looks at devices, figures and the preflight. A supervisor does all of that, reworks and\n"
                                 "scraps units at the kiosk, and logs in by badge and passphrase: the one of `keystamp-signer add-supervisor NAME`, same name.",
                                 *options);
    added->add_option("--role", options->role, "operator, supervisor or auditor")->required()->type_name("ROLE");
    onRun(added, context, [&context, options] { return add(context, *options); });

    CLI::App* removed = supervised(*group, context, "remove", "Let somebody log in no more; a supervisor's act",
                                   "  keystamp person remove 'Erika M.'\n"
                                   "\n"
                                   "What that person did stays under the name. The kiosk sees it within seconds. After the last one it asks for no badge any more.",
                                   *options);
    onRun(removed, context, [&context, options] { return remove(context, options->name); });

    CLI::App* listed = addCommand(*group, "list", "Who may log in", "  keystamp person list\n  keystamp person list --json");
    addJson(listed, context);
    onRun(listed, context, [&context] { return list(context); });
}

}  // namespace keystamp::cli
