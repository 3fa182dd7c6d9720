// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/masking.h"

#include <algorithm>

namespace keystamp::flashing::console {
namespace {

constexpr std::size_t kShownMost = 600;
constexpr std::size_t kTelling = 6;  ///< characters of a key that do not stand in a text by chance

/// Marks what is not to be shown; works on places, so that no copy of a secret is made.
class Mask {
public:
    explicit Mask(std::string_view text) : m_text(text), m_hidden(text.size()) {}

    void hide(std::string_view part) {
        const auto begin = static_cast<std::size_t>(part.data() - m_text.data());
        std::fill_n(m_hidden.begin() + static_cast<std::ptrdiff_t>(begin), part.size(), true);
    }
    void hideEach(std::string_view secret) {
        for (auto at = secret.empty() ? std::string_view::npos : m_text.find(secret); at != std::string_view::npos; at = m_text.find(secret, at + 1)) {
            hide(m_text.substr(at, secret.size()));
        }
    }
    /// What repeats a piece of it, too: a key of which the line lost a byte is still most of a key.
    void hideMostOf(std::string_view secret) {
        hideEach(secret);
        for (std::size_t at = 0; at + kTelling <= secret.size(); ++at) hideEach(secret.substr(at, kTelling));
    }
    void hideFound(const Pattern& pattern) {
        for (std::size_t from = 0; from <= m_text.size();) {
            const auto found = pattern.find(m_text, from);
            if (!found) return hide(m_text);  // what cannot be looked through is not shown
            if (!*found) return;
            const auto& groups = **found;
            const std::string_view whole = *groups.front();
            hide(groups.size() > 1 && groups[1] ? *groups[1] : whole);
            from = std::max<std::size_t>(static_cast<std::size_t>(whole.data() - m_text.data()) + whole.size(), from + 1);
        }
    }

    std::string shown(std::string_view part) const {
        std::string text;
        const auto begin = static_cast<std::size_t>(part.data() - m_text.data());
        bool hiding = false;
        for (std::size_t at = begin; at < begin + part.size() && text.size() < kShownMost; ++at) {
            if (m_hidden[at] && !std::exchange(hiding, true)) text += "****";
            if (m_hidden[at]) continue;
            hiding = false;
            const char each = m_text[at];
            if (each == '\n' || each == '\r') {
                if (!text.empty() && !text.ends_with(" | ")) text += " | ";
            } else {
                text += each >= 0x20 && each < 0x7F ? each : '.';
            }
        }
        while (text.ends_with(" | ")) text.resize(text.size() - 3);
        return text;
    }

private:
    std::string_view m_text;
    std::vector<bool> m_hidden;
};

}  // namespace

std::string onOneLine(std::string_view text) { return Mask{text}.shown(text); }

bool isSecretStep(const Step& step) {
    return step.send.holdsSecret() || step.pieces || std::any_of(step.capture.begin(), step.capture.end(), [](const auto& each) { return isSecret(each.first); });
}

std::string masked(const Step& step, std::string_view answer, const std::vector<Secret>& sent, const std::vector<Pattern>& redact, bool guarded) {
    if (answer.empty()) return "";
    Mask mask{answer};
    for (const Secret& each : sent) mask.hideMostOf(each.text());
    for (const Pattern& each : redact) mask.hideFound(each);
    if (!guarded && !isSecretStep(step)) return mask.shown(answer);
    for (const Pattern* pattern : {&step.expect, step.fail ? &*step.fail : nullptr}) {
        const auto found = pattern != nullptr ? pattern->find(answer) : Result<std::optional<Pattern::Found>>{std::optional<Pattern::Found>{}};
        if (!found || !*found) continue;
        for (const auto& [name, group] : step.capture) {
            if (pattern == &step.expect && isSecret(name) && (**found)[group]) mask.hide(*(**found)[group]);
        }
        return mask.shown(*(**found).front());
    }
    return "(not shown: it may hold a key)";
}

}  // namespace keystamp::flashing::console
