// SPDX-License-Identifier: Apache-2.0
// What the station makes of a payload, step by step, with nothing issued.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>

#include "station/cli/output.h"
#include "station/workflow/keyboard_layout.h"
#include "station/workflow/scan_rule.h"
#include "station/workflow/scan_text.h"

namespace keystamp::cli {
namespace {

using workflow::ScanReading;
using workflow::Station;

struct Options {
    std::vector<std::string> payloads;
    std::string batch;
};

/// Separators as this command shows them may be given back to it.
std::string sentAs(std::string text) {
    constexpr std::string_view kShown = "<GS>";
    for (auto at = text.find(kShown); at != std::string::npos; at = text.find(kShown, at + 1)) text.replace(at, kShown.size(), 1, workflow::kGs);
    return text;
}

/// One payload's way, as it is printed.
struct Trial {
    ScanReading reading;
    std::optional<workflow::LayoutFound> layout;  ///< it is the test code
    std::string fixture;  ///< whose label it is
    std::string device;   ///< or what becomes of it in the batch
};

Trial tryOne(const std::string& sent, const workflow::Config& config, const db::Batch* batch, const db::Journal* journal) {
    Trial trial{workflow::readScan(sent, config.scan), workflow::layoutOf(sent), {}, {}};
    if (trial.layout) {
        trial.reading.error.reset();
        return trial;
    }
    const auto label = std::find_if(config.fixtures.begin(), config.fixtures.end(), [&](const auto& f) { return f.label == trial.reading.payload; });
    if (label != config.fixtures.end()) {
        trial.fixture = label->name;
        trial.reading.error.reset();
    }
    if (!trial.fixture.empty() || trial.reading.error) return trial;
    if (batch == nullptr) {
        const auto id = DeviceId::parse(trial.reading.text);
        trial.device = id ? id->text() : "";
        return trial;
    }
    const auto meant = workflow::meaningOf(trial.reading.text, *batch, *journal);
    if (!meant) {
        trial.reading.error = meant.error();
    } else {
        trial.device = meant->id ? meant->id->text() : "the next free ID of " + batch->name;
    }
    return trial;
}

std::string inWords(const std::string& sent, const Trial& trial) {
    const ScanReading& reading = trial.reading;
    std::string words = "scan      " + workflow::visible(sent);
    const auto add = [&](std::string_view what, const std::string& text) {
        if (!text.empty()) words += fmt::format("\n{:<10}{}", what, text);
    };
    if (trial.layout) {
        const std::string layout = trial.layout->layout.empty() ? "one that is not known" : trial.layout->layout;
        add("keyboard", (trial.layout->right() ? "us, as it should be" : layout + ", and the scanner types on a US one: set one of them to the other") +
                            std::string(trial.layout->capsLock ? "; Caps Lock is on" : ""));
        return words;
    }
    add("kind", reading.symbology);
    add("elements", workflow::bracketed(reading.elements));
    add("label of", trial.fixture);
    add("text", trial.fixture.empty() ? reading.text : "");
    add("device", trial.device);
    if (reading.error) add("refused", describe(*reading.error));
    return words;
}

Json inJson(const std::string& sent, const Trial& trial) {
    const ScanReading& reading = trial.reading;
    Json elements = Json::array();
    for (const auto& [ai, value] : reading.elements) elements.push_back({{"ai", ai}, {"value", value}});
    Json json{{"scan", workflow::visible(sent)}, {"symbology", reading.symbology}, {"gs1", reading.gs1}, {"elements", elements},
              {"fixture", trial.fixture}, {"text", reading.text}, {"device", trial.device}};
    if (trial.layout) json["keyboard"] = {{"layout", trial.layout->layout}, {"capsLock", trial.layout->capsLock}, {"right", trial.layout->right()}};
    if (reading.error) json["error"] = toJson(*reading.error);
    return json;
}

int tryAll(Context& context, const Options& options) {
    auto config = loadConfig(context);
    if (!config) return fail(context, config.error());
    std::unique_ptr<Station> station;
    std::optional<db::BatchProgress> batch;
    if (!options.batch.empty()) {
        auto opened = open(context, Station::Use::Records);
        if (!opened) return fail(context, opened.error());
        station = *std::move(opened);
        auto progress = station->journal->batch(options.batch);
        if (!progress) return fail(context, progress.error());
        batch = *std::move(progress);
    }
    bool refused = false;
    Json json = Json::array();
    const auto one = [&](const std::string& given) {
        const std::string sent = sentAs(given);
        const Trial trial = tryOne(sent, *config, batch ? &batch->batch : nullptr, station ? station->journal.get() : nullptr);
        refused = refused || trial.reading.error.has_value() || (trial.layout && !trial.layout->right());
        json.push_back(inJson(sent, trial));
        // at once: a scanner may be at the other end
        if (!context.json) std::printf("%s%s\n", json.size() > 1 ? "\n" : "", inWords(sent, trial).c_str());
        std::fflush(stdout);
    };
    if (options.payloads == std::vector<std::string>{"-"}) {
        for (std::string line; std::getline(std::cin, line);) one(line);
    } else {
        for (const std::string& payload : options.payloads) one(payload);
    }
    print(context, "", Json{{"scans", json}});
    return refused ? kRefused : kDone;
}

}  // namespace

void addScan(CLI::App& app, Context& context) {
    CLI::App* group = addGroup(app, "scan", "What the station makes of a barcode; nothing is issued", "  keystamp scan try ']d2010950110153000321A17'");
    const auto options = std::make_shared<Options>();
    CLI::App* command = addCommand(*group, "try", "A payload step by step: kind of barcode, GS1 elements, the board's text, its device ID; or why not",
                                   "  keystamp scan try ']d2010950110153000321A17<GS>10LOT'       (<GS>: the separator, FNC1)\n"
                                   "  keystamp scan try --batch order-4711 SN-004711              (also what that batch makes of it)\n"
                                   "  keystamp scan try - </dev/ttyACM0                           (each line as it comes)\n"
                                   "\n"
                                   "What labels look like is [scan] in the configuration. Exit: 1 if any is refused.");
    command->add_option("payload", options->payloads, "What a scanner sends; - reads lines from standard input")->required()->type_name("PAYLOAD");
    command->add_option("--batch", options->batch, "Ask this batch's rule, too")->type_name("NAME");
    addJson(command, context);
    onRun(command, context, [&context, options] { return tryAll(context, *options); });

    const auto file = std::make_shared<std::string>();
    CLI::App* code = addCommand(*group, "code", "Draw the test code, which finds a wrong keyboard layout: scan it on the kiosk's page, or into `scan try -`",
                                "  keystamp scan code --out test-code.svg\n"
                                "  keystamp scan code --out test-code.png");
    code->add_option("--out", *file, "The picture: .svg, .png or .eps")->required()->type_name("FILE");
    addJson(code, context);
    onRun(code, context, [&context, file] {
        if (const auto drawn = workflow::drawTestCode(*file); !drawn) return fail(context, drawn.error());
        print(context, *file + ": print it, and scan it", Json{{"file", *file}, {"text", workflow::kTestCode}});
        return kDone;
    });
}

}  // namespace keystamp::cli
