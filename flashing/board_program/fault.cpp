// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/fault.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "flashing/agent/protocol.h"

namespace keystamp::flashing::board_program {
namespace {

constexpr CommandName kProve{KS_GROUP, KS_CMD_PROVE};
constexpr CommandName kCommit{KS_GROUP, KS_CMD_COMMIT};
constexpr CommandName kInfo{KS_GROUP, KS_CMD_INFO};

struct Kind {
    std::string_view name;
    FaultKind kind;
    std::optional<CommandName> usual;  ///< where no command is written
};
constexpr std::array kKinds{
    Kind{"silent", FaultKind::Silent, {}},
    Kind{"lost", FaultKind::Lost, kCommit},
    Kind{"nonsense", FaultKind::Nonsense, {}},
    Kind{"truncated", FaultKind::Truncated, kCommit},
    Kind{"drops", FaultKind::Drops, kCommit},
    Kind{"cuts", FaultKind::Cuts, kCommit},
    Kind{"refuses", FaultKind::Refuses, kCommit},
    Kind{"wrong-proof", FaultKind::WrongProof, kProve},
    Kind{"swapped", FaultKind::Swapped, kCommit},
    Kind{"foreign", FaultKind::Foreign, kInfo},
    Kind{"locked", FaultKind::Locked, kInfo},
    Kind{"slow", FaultKind::Slow, {}},
    Kind{"chatty", FaultKind::Chatty, {}},
};

struct Named {
    std::string_view name;
    CommandName command;
};
constexpr std::array kCommands{
    Named{"info", kInfo},
    Named{"begin", {KS_GROUP, KS_CMD_BEGIN}},
    Named{"keygen", {KS_GROUP, KS_CMD_KEYGEN}},
    Named{"csr", {KS_GROUP, KS_CMD_CSR}},
    Named{"put", {KS_GROUP, KS_CMD_PUT}},
    Named{"commit", kCommit},
    Named{"reset", {KS_GROUP_OS, KS_OS_RESET}},
    Named{"prove", kProve},
    Named{"lock", {KS_GROUP, KS_CMD_LOCK}},
    Named{"erase", {KS_GROUP, KS_CMD_ERASE}},
};

template <typename Table>
std::string namesOf(const Table& table) {
    std::string names;
    for (const auto& each : table) names += fmt::format("{}{}", names.empty() ? "" : ", ", each.name);
    return names;
}

std::optional<unsigned> positive(std::string_view text) {
    unsigned number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size() || number == 0) return {};
    return number;
}

/// Takes what stands behind the last `mark` off `text`.
std::optional<std::string_view> cut(std::string_view& text, char mark) {
    const auto at = text.rfind(mark);
    if (at == std::string_view::npos) return {};
    const std::string_view behind = text.substr(at + 1);
    text = text.substr(0, at);
    return behind;
}

}  // namespace

Result<Fault> parseFault(std::string_view text) {
    const auto bad = [whole = std::string{text}](const std::string& why) {
        return Error{ErrorCode::BadUsage, fmt::format("--fault {}: {}", whole, why)};
    };
    Fault fault;
    while (const auto option = cut(text, ',')) {
        const auto millis = option->starts_with("ms=") ? positive(option->substr(3)) : std::nullopt;
        if (*option == "once") {
            fault.once = true;
        } else if (millis) {
            fault.delay = std::chrono::milliseconds{*millis};
        } else {
            return bad("behind a comma stands once or ms=N");
        }
    }
    if (auto place = cut(text, '@')) {
        std::string_view fixture = *place;
        if (const auto board = cut(fixture, '.')) {
            fault.fixture = positive(fixture);
            if (!fault.fixture) return bad("the fixture before the dot is a number from 1");
            place = *board;
        }
        fault.board = positive(*place);
        if (!fault.board) return bad("behind @ stands BOARD or FIXTURE.BOARD, numbers from 1");
    }
    const auto command = cut(text, ':');
    const auto kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const Kind& each) { return each.name == text; });
    if (kind == kKinds.end()) return bad("no such fault; there is " + namesOf(kKinds));
    fault.kind = kind->kind;
    fault.at = kind->usual;
    if (command) {
        const auto named = std::find_if(kCommands.begin(), kCommands.end(), [&](const Named& each) { return each.name == *command; });
        if (named == kCommands.end()) return bad("no such command; there is " + namesOf(kCommands));
        fault.at = named->command;
    }
    return fault;
}

}  // namespace keystamp::flashing::board_program
