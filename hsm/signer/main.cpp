// SPDX-License-Identifier: Apache-2.0
// keystamp-signer: the supervisor by default, its worker by --worker, and two commands for setting up.
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "core/file.h"
#include "core/process.h"
#include "hsm/ready_pipe.h"
#include "hsm/signer/demo_token.h"
#include "hsm/signer/passphrases.h"
#include "hsm/signer/supervisor.h"
#include "hsm/signer/worker.h"

namespace keystamp::hsm {
namespace {

int fail(const Error& error) {
    std::fprintf(stderr, "keystamp-signer: %s\n", describe(error).c_str());
    switch (blame(error.code)) {
        case Blame::Person:
            return 2;
        case Blame::Rule:
        case Blame::Unit:
        case Blame::Stopped:
            return 1;
        case Blame::Station:
            return 3;
    }
    return 3;
}

int finish(const Result<void>& done) { return done ? 0 : fail(done.error()); }

// `again`: one whose passphrase this is already stays as it is.
Result<void> enrol(const SignerConfig& config, const std::string& name, const Secret& passphrase, bool again) {
    ::umask(0077);
    if (auto made = makeFolder(config.data, 0750); !made) return made;
    const auto ledger = Ledger::open(config.ledgerPath());
    if (!ledger) return ledger.error();
    Passphrases passphrases{**ledger};
    if (again && passphrases.check({name, passphrase.clone()})) return {};
    return passphrases.enrol(name, passphrase);
}

Result<void> addSupervisor(const SignerConfig& config, const std::string& name, int authFd) {
    const auto passphrase = readSecret(authFd, "Passphrase for " + name + ": ");
    if (!passphrase) return passphrase.error();
    if (::isatty(authFd) == 1) {
        const auto again = readSecret(authFd, "Again: ");
        if (!again) return again.error();
        if (!passphrase->equals(*again)) return Error{ErrorCode::BadUsage, "the two entries differ"};
    }
    return enrol(config, name, *passphrase, false);
}

Result<void> makeDemo(const SignerConfig& config) {
    if (auto made = makeDemoToken(config); !made) return made;
    const auto passphrase = readSecretFile(config.passphraseFile);
    if (!passphrase) return passphrase.error();
    return enrol(config, config.supervisor, *passphrase, true);
}

struct Words {
    std::string config = "/etc/keystamp/station.toml";
    bool child = false;
    int pinFd = -1, readyFd = -1, authFd = 0;
    pid_t worker = 0;
    std::string name;
};

int serve(const SignerConfig& config, const Words& words) {
    SupervisorOptions options{words.child, words.readyFd, std::nullopt};
    if (words.pinFd >= 0) {
        auto pin = readSecret(words.pinFd, "PIN: ");
        if (!pin) return fail(pin.error());
        options.pin = std::move(*pin);
    }
    return supervise(config, std::move(options));
}

int run(int argc, char** argv) {
    Words words;
    CLI::App app{"Owns the HSM of a Keystamp station: module, PIN, policy and ledger. Others ask it over a local socket.", "keystamp-signer"};
    app.fallthrough();
    app.footer("examples:\n"
               "  keystamp-signer --config station.toml                      serve until stopped\n"
               "  keystamp-signer --config station.toml --pin-fd 3 3<pin     with the PIN from a descriptor\n"
               "  keystamp-signer add-supervisor anna --config station.toml  asks for her passphrase\n"
               "  keystamp-signer make-demo-token --config station.toml      a throw-away token with all keys");
    app.add_option("--config", words.config, "the station's configuration")->envname("KEYSTAMP_CONFIG");
    app.add_flag("--child", words.child, "leave when the last client has gone");
    app.add_option("--pin-fd", words.pinFd, "read the token's PIN from this descriptor")->check(CLI::NonNegativeNumber);
    app.add_option("--ready-fd", words.readyFd)->group("");
    app.add_option("--worker", words.worker)->group("");
    auto* add = app.add_subcommand("add-supervisor", "enrol who may open batches, or give them a new passphrase");
    add->add_option("name", words.name, "who")->required();
    add->add_option("--auth-fd", words.authFd, "read the passphrase from this descriptor (default: standard input)");
    auto* demo = app.add_subcommand("make-demo-token", "make a throw-away token and enrol the demo's supervisor");
    add->footer("example:\n  keystamp-signer add-supervisor anna --config station.toml");
    demo->footer("example:\n  keystamp-signer make-demo-token --config station.toml");
    app.require_subcommand(0, 1);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem) == 0 ? 0 : 2;
    }
    if (const auto hardened = hardenProcess(); !hardened) return fail(hardened.error());

    const auto config = loadSignerConfig(words.config);
    if (!config) {
        if (words.readyFd >= 0) writeReadiness(words.readyFd, config.error());
        return fail(config.error());
    }
    if (add->parsed()) return finish(addSupervisor(*config, words.name, words.authFd));
    if (demo->parsed()) return finish(makeDemo(*config));
    return words.worker > 0 ? runWorker(*config, words.worker) : serve(*config, words);
}

}  // namespace
}  // namespace keystamp::hsm

int main(int argc, char** argv) { return keystamp::hsm::run(argc, argv); }
