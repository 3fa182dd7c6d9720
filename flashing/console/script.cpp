// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/script.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "flashing/console/masking.h"

namespace keystamp::flashing::console {
namespace {

constexpr std::size_t kQuoteMost = 120;

long numberOf(const Pattern::Found& found) {
    long number = 0;
    const std::string_view text = found.size() > 1 ? found[1].value_or("") : "";
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

Secret unfolded(std::string_view answer) {
    Secret text{answer.size()};
    std::size_t size = 0;
    for (const char each : answer) {
        if (each != '\r' && each != '\n') text.bytes()[size++] = static_cast<std::uint8_t>(each);
    }
    text.shrink(size);
    return text;
}

}  // namespace

Result<void> Script::run(Act act, Values& values, bool keyOnBoard, Deadline deadline) {
    const auto steps = m_profile.acts.find(act);
    if (steps == m_profile.acts.end()) return {};
    for (const Step& each : steps->second) {
        if (each.only == (keyOnBoard ? Step::Only::StationKey : Step::Only::BoardKey)) continue;
        if (auto done = step(act, each, values, deadline); !done) return done;
    }
    return {};
}

Result<void> Script::step(Act act, const Step& step, Values& values, Deadline deadline) {
    if (!step.pieces) return line(act, step, values, deadline);
    const auto whole = step.pieces->render(values);
    if (!whole) return because(whole.error().code, act, step, whole.error().detail);
    for (std::size_t at = 0; at < whole->size(); at += step.size) {
        values.insert_or_assign("piece", Secret::copyOf(whole->view().subspan(at, std::min(step.size, whole->size() - at))));
        auto done = line(act, step, values, deadline);
        values.erase("piece");
        if (!done) return done;
    }
    return {};
}

Result<void> Script::line(Act act, const Step& step, Values& values, Deadline deadline) {
    const auto sent = step.send.render(values);
    if (!sent) return because(sent.error().code, act, step, sent.error().detail);
    if (m_transcript) m_transcript(">", onOneLine(step.send.shown(values)));
    m_guarded = m_guarded || step.send.holdsSecret();
    const auto answer = m_console.ask(*sent, step.end ? *step.end : *m_profile.end, act != Act::Open && act != Act::Uid && act != Act::Info, deadline.sooner(step.timeout));
    if (!answer) {
        if (m_transcript) m_transcript("<", "(" + answer.error().detail + ")");
        return because(answer.error().code, act, step, answer.error().detail, answer.error().native);
    }
    const Secret flat = step.unfold ? unfolded(*answer) : Secret{};
    const std::string_view said = step.unfold ? flat.text() : *answer;
    if (m_transcript) m_transcript("<", visible(step, said, values));
    const auto expected = step.expect.find(said);
    if (!expected) return because(expected.error().code, act, step, expected.error().detail);
    if (*expected) {
        capture(step, **expected, values);
        return {};
    }
    const auto failed = step.fail ? step.fail->find(said) : Result<std::optional<Pattern::Found>>{std::optional<Pattern::Found>{}};
    if (!failed) return because(failed.error().code, act, step, failed.error().detail);
    const std::string quoted = visible(step, said, values).substr(0, kQuoteMost);
    if (*failed) return because(ErrorCode::BoardRefused, act, step, "it says '" + quoted + "'", numberOf(**failed));
    return because(ErrorCode::BoardNonsense, act, step, "it answers '" + quoted + "', which is not what is expected there");
}

void Script::capture(const Step& step, const Pattern::Found& found, Values& values) {
    for (const auto& [name, group] : step.capture) {
        Secret value = Secret::copyOf(found[group].value_or(""));
        const auto before = values.find(name);
        if (!m_captured.insert(name).second && before != values.end() && !before->second.equals(value)) m_contradicted = true;
        values.insert_or_assign(name, std::move(value));
    }
}

std::string Script::visible(const Step& step, std::string_view answer, const Values& values) const {
    std::vector<Secret> secrets = step.send.secrets(values);
    for (const auto& [name, value] : values) {
        if (isSecret(name) && !value.empty()) secrets.push_back(value.clone());
    }
    return masked(step, answer, secrets, m_profile.redact, m_guarded);
}

Error Script::because(ErrorCode code, Act act, const Step& step, const std::string& why, long native) const {
    return Error{code, fmt::format("{} ({}:{}): {}", console::name(act), m_profile.file, step.line, why), native};
}

}  // namespace keystamp::flashing::console
