// SPDX-License-Identifier: Apache-2.0
// `keystamp board`: profiles of boards with a console, checked and tried.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "flashing/console/console_board.h"
#include "flashing/console/trial.h"
#include "station/cli/output.h"

namespace keystamp::cli {
namespace {

using flashing::Board;
using flashing::BoardInfo;
using workflow::Station;

constexpr std::chrono::seconds kAct{60};
constexpr const char* kTrialId = "keystamp-try";
constexpr const char* kTrialScope = "0ne00000000";

struct Options {
    std::string profile, fixture, write;
};

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& each : words) all += (all.empty() ? "" : ", ") + each;
    return all;
}

int check(Context& context, const std::string& profile) {
    const auto summary = flashing::console::checkProfileFile(profile);
    if (!summary) return fail(context, summary.error());
    const std::string words = fmt::format("{} is good: {}\nmodes     {}\nevidence  {}\nkeys      {}\nUID       {}\nsteps     {}", profile, summary->name, joined(summary->modes),
                                          summary->evidence, summary->makesKeys ? "made on the board" : "made in the station",
                                          summary->usbSerial ? "of the console, else of its USB" : "of the console", joined(summary->acts));
    print(context, words, Json{{"profile", profile}, {"name", summary->name}, {"modes", summary->modes}, {"evidence", summary->evidence},
                               {"makesKeys", summary->makesKeys}, {"usbSerial", summary->usbSerial}, {"steps", summary->acts}});
    return kDone;
}

std::string held(const BoardInfo& info) {
    if (info.credential) return info.deviceId.empty() ? "an identity" : info.deviceId;
    return info.deviceId.empty() ? "no identity" : "no whole identity (" + info.deviceId + ")";
}

Error otherwise(const std::string& what) { return Error{ErrorCode::ProofFailed, what}; }

Result<void> writeAndLook(Board& board, const BoardInfo& before, Mode kind, Deadline deadline) {
    const auto id = DeviceId::parse(kTrialId);
    if (auto begun = board.begin(kind, *id, kTrialScope, deadline); !begun) return begun;
    const auto csr = kind == Mode::X509 && before.makesKeys ? board.makeKey(deadline) : Result<Bytes>{Bytes{}};
    if (!csr) return csr.error();
    const auto credential = flashing::console::trialCredential(kind, *id, kTrialScope, *csr);
    if (!credential) return credential.error();
    if (auto written = board.write(*credential, deadline); !written) return written;
    const auto after = board.info(deadline);
    if (!after) return after.error();
    if (after->uid != before.uid) return otherwise("its UID is another one after writing");
    return after->credential == flashing::credentialDigest(*credential) ? Result<void>{} : otherwise("it holds something else than was written");
}

/// What a try that failed has left on it; not off another board that was put on since.
Error withoutTrial(Board& board, const BoardInfo& before, Error error) {
    const Deadline deadline = Deadline::in(kAct);
    const auto now = board.info(deadline);
    const bool erased = now && now->uid == before.uid && board.erase(deadline);
    error.detail += erased ? "; what was written was erased again" : fmt::format("; {} may be on it still, in part: erase it at its own console", kTrialId);
    return error;
}

/// Throw-away identity on it, looked at, and off again. Not on a board that has another: no journal would know where that one went.
Result<void> tryWriting(Board& board, const BoardInfo& before, Mode kind, const db::Journal& journal) {
    const auto live = journal.liveUnitOfBoard(before.uid);
    if (!live) return live.error();
    if (before.credential || *live) {
        return Error{ErrorCode::BoardHoldsOtherId, "board " + toHex(before.uid) + " holds " + (*live ? (*live)->id.text() : held(before)) + "; try with a blank board"};
    }
    const Deadline deadline = Deadline::in(kAct);
    if (kind == Mode::Sas ? !before.takesSas : !before.takesX509) return board.begin(kind, *DeviceId::parse(kTrialId), kTrialScope, deadline);
    if (auto tried = writeAndLook(board, before, kind, deadline); !tried) return withoutTrial(board, before, tried.error());
    if (auto erased = board.erase(deadline); !erased) return erased;
    const auto blank = board.info(deadline);
    if (!blank) return blank.error();
    return blank->credential ? Result<void>{otherwise("erase leaves the identity on it")} : Result<void>{};
}

Result<BoardInfo> talk(Board& board, const Options& options, const db::Journal& journal) {
    auto info = board.info(Deadline::in(kAct));
    if (!info || options.write.empty()) return info;
    const auto kind = parseMode(options.write);
    if (auto tried = tryWriting(board, *info, *kind, journal); !tried) return tried.error();
    return info;
}

/// What station.toml tells a driver is meant for the profile that the fixture has.
bool isProfileOf(const workflow::FixtureConfig& fixture, const std::string& profile) {
    const auto file = fixture.options.find("profile");
    if (file == fixture.options.end()) return fixture.driver == profile;
    std::error_code none;
    return file->second == profile || std::filesystem::equivalent(file->second, profile, none);
}

int tryOut(Context& context, const Options& options) {
    if (const auto good = flashing::console::checkProfileFile(options.profile); !good) return fail(context, good.error());
    const auto station = open(context, Station::Use::Records);
    if (!station) return fail(context, station.error());
    const workflow::Config& config = (*station)->config;
    const workflow::FixtureConfig* fixture = config.fixture(options.fixture);
    if (fixture == nullptr) return fail(context, Error{ErrorCode::UnknownFixture, options.fixture});
    const auto alone = lockFile(config.runLockPath());
    if (!alone) return fail(context, alone.error());
    auto link = flashing::openLink(fixture->link, Deadline::in(kAct));
    if (!link) return fail(context, link.error());
    Json transcript = Json::array();
    const auto tell = [&](std::string_view side, const std::string& text) {
        transcript.push_back({{"side", side == ">" ? "sent" : "said"}, {"text", text}});
        if (!context.json) std::printf("%.*s %s\n", static_cast<int>(side.size()), side.data(), text.c_str());
        std::fflush(stdout);
    };
    auto board = flashing::console::openProfile(options.profile, *std::move(link), isProfileOf(*fixture, options.profile) ? fixture->options : flashing::DriverOptions{}, tell);
    if (!board) return fail(context, board.error());
    const auto info = talk(**board, options, *(*station)->journal);
    if (!info) return fail(context, info.error());
    const std::string tried = options.write.empty() ? "" : fmt::format("\nwritten, looked at and erased: a throw-away {} identity", options.write);
    print(context, fmt::format("\nUID       {}\nfirmware  {}\nholds     {}{}", toHex(info->uid), info->firmware, held(*info), tried),
          Json{{"uid", toHex(info->uid)}, {"firmware", info->firmware}, {"deviceId", info->deviceId}, {"scopeId", info->scopeId},
               {"holds", info->credential.has_value()}, {"wrote", options.write}, {"transcript", transcript}});
    return kDone;
}

}  // namespace

void addBoard(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "board", "Profiles of boards with a console (flashing/console/README.md)", "  keystamp board check acme-node.toml");
    const auto profile = std::make_shared<std::string>();
    CLI::App* checks = addCommand(*group, "check", "Whether a profile can be used, and what it says; or its first error, with its line",
                                  "  keystamp board check acme-node.toml\n"
                                  "  keystamp board check nrf91              (one that is built in: az3166, nrf91, wio-terminal, zephyr-cred)");
    checks->add_option("profile", *profile, "A file, or the name of one that is built in")->required()->type_name("PROFILE");
    addJson(checks, context);
    onRun(checks, context, [&context, profile] { return check(context, *profile); });

    const auto options = std::make_shared<Options>();
    CLI::App* tries = addCommand(*group, "try", "Talk to the board on a fixture as a profile says, line by line; secrets are masked",
                                 "  keystamp board try acme-node.toml --fixture F1                  what the board says of itself; nothing is written\n"
                                 "  keystamp board try acme-node.toml --fixture F1 --write sas      a throw-away identity on it, looked at, and off again\n"
                                 "\n"
                                 "The fixture's driver may be any; its link is used. Not while a run or the kiosk has the station.");
    tries->add_option("profile", options->profile, "A file, or the name of one that is built in")->required()->type_name("PROFILE");
    tries->add_option("--fixture", options->fixture, "Whose board")->required()->type_name("NAME");
    tries->add_option("--write", options->write, "Write a throw-away identity to it, too, and erase it; a blank board only")->check(CLI::IsMember({"sas", "x509"}));
    addJson(tries, context);
    onRun(tries, context, [&context, options] { return tryOut(context, *options); });
}

}  // namespace keystamp::cli
