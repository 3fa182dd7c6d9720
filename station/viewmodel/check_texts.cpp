// SPDX-License-Identifier: Apache-2.0
// What a line of the preflight is about, and what to do where it is not good, by its name; what was found stays the engineer's English.
#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("keystamp::viewmodel", text); }

struct Words {
    std::string_view name;
    QString what, next;
};

// In the language that is spoken now: what was looked at, and what to do where that is not good.
std::array<Words, 17> words() {
    return {{{"signer", tr("Signer"), tr("Call an engineer.")},
             {"leaf profile", tr("What certificates say"), tr("Call an engineer.")},
             {"HSM", tr("HSM"), tr("Call an engineer.")},
             {"HSM abilities", tr("What the HSM can do"), tr("Have an engineer choose other settings or another HSM.")},
             {"primary CA", tr("Primary CA"), tr("Have a supervisor renew this CA's certificate.")},
             {"secondary CA", tr("Secondary CA"), tr("Have a supervisor renew this CA's certificate.")},
             {"sealing key", tr("Key for imported keys"), tr("Call an engineer.")},
             {"audit key", tr("Key of the audit log"), tr("Call an engineer.")},
             {"self-test", tr("Every key once"), tr("Call an engineer.")},
             {"journal", tr("Journal"), tr("Scan the boards of interrupted units again.")},
             {"ledger", tr("Signer and journal agree"), tr("Call an engineer.")},
             {"clock", tr("Clock"), tr("Call an engineer.")},
             {"disk", tr("Disk"), tr("Have space freed on the disk.")},
             {"supervisor", tr("Supervisor"), tr("Have the supervisor named in the configuration.")},
             {"printer", tr("Label printer"), tr("Look after the printer.")},
             {"fixtures", tr("Fixtures"), tr("Have fixtures added to the configuration.")},
             {"configuration", tr("Configuration"), tr("Call an engineer.")}}};
}

/// "fixture F4" is of one of several, whose name is given.
std::optional<QString> givenName(const std::string& name, std::string_view kind, const QString& words) {
    if (!name.starts_with(kind)) return std::nullopt;
    return words.arg(QString::fromStdString(name.substr(kind.size())));
}

}  // namespace

CheckText textOf(const workflow::Check& check) {
    CheckText text{QString::fromStdString(check.name), QString::fromStdString(check.nextStep), QString::fromStdString(check.detail)};
    const auto all = words();
    const auto known = std::find_if(all.begin(), all.end(), [&](const Words& one) { return one.name == check.name; });
    QString next = text.next;
    if (known != all.end()) {
        text.what = known->what;
        next = known->next;
    } else if (const auto fixture = givenName(check.name, "fixture ", tr("Fixture %1"))) {
        text.what = *fixture;
        next = tr("Check the fixture's cable.");
    } else if (const auto scanner = givenName(check.name, "scanner ", tr("Scanner %1"))) {
        text.what = *scanner;
        next = tr("Plug the scanner in, or call an engineer.");
    } else if (check.name == "scanners") {
        text.what = tr("Scanners");
    }
    if (check.error) {
        const auto of = textOf(check.error->code);
        text.next = of.next;
        text.found = of.cause;
        if (!check.error->detail.empty()) text.found += QStringLiteral(": ") + QString::fromStdString(check.error->detail);
    } else if (!check.nextStep.empty()) {
        // in the operator's language; how, is an engineer's
        text.found += (text.found.isEmpty() ? QString{} : QStringLiteral(" · ")) + text.next;
        text.next = next;
    }
    return text;
}

}  // namespace keystamp::viewmodel
