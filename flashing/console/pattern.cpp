// SPDX-License-Identifier: Apache-2.0
#define PCRE2_CODE_UNIT_WIDTH 8
#include "flashing/console/pattern.h"

#include <fmt/format.h>
#include <pcre2.h>

#include <array>

#include "core/releaser.h"

namespace keystamp::flashing::console {
namespace {

// A reply has at most 8 KiB; what is looked for in one honestly takes a small part of these.
constexpr std::uint32_t kSteps = 200'000;
constexpr std::uint32_t kDepth = 20'000;
constexpr std::uint32_t kHeap = 4096;  // KiB

using Data = std::unique_ptr<pcre2_match_data, Releaser<pcre2_match_data_free>>;
using Context = std::unique_ptr<pcre2_match_context, Releaser<pcre2_match_context_free>>;
using CompileContext = std::unique_ptr<pcre2_compile_context, Releaser<pcre2_compile_context_free>>;

std::string messageOf(int code) {
    std::array<PCRE2_UCHAR, 128> text{};
    pcre2_get_error_message(code, text.data(), text.size());
    return reinterpret_cast<const char*>(text.data());
}

}  // namespace

Result<Pattern> Pattern::compile(const std::string& text) {
    const CompileContext context{pcre2_compile_context_create(nullptr)};
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_ANYCRLF);
    int error = 0;
    PCRE2_SIZE at = 0;
    pcre2_code* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), PCRE2_MULTILINE | PCRE2_NEVER_UTF, &error, &at, context.get());
    if (code == nullptr) return Error{ErrorCode::BadConfig, fmt::format("no regular expression, at character {}: {}", at + 1, messageOf(error))};
    Pattern pattern;
    pattern.m_code = {code, [](void* mine) { pcre2_code_free(static_cast<pcre2_code*>(mine)); }};
    return pattern;
}

Result<std::optional<Pattern::Found>> Pattern::find(std::string_view in, std::size_t from) const {
    const auto* code = static_cast<const pcre2_code*>(m_code.get());
    const Context context{pcre2_match_context_create(nullptr)};
    pcre2_set_match_limit(context.get(), kSteps);
    pcre2_set_depth_limit(context.get(), kDepth);
    pcre2_set_heap_limit(context.get(), kHeap);
    const Data data{pcre2_match_data_create_from_pattern(code, nullptr)};
    const std::string_view text = in.data() != nullptr ? in : std::string_view{""};
    const int found = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), from, 0, data.get(), context.get());
    if (found == PCRE2_ERROR_NOMATCH) return std::optional<Found>{};
    if (found < 0) return Error{ErrorCode::BoardNonsense, "what it says cannot be looked through: " + messageOf(found), found, "pcre2_match"};
    const PCRE2_SIZE* ends = pcre2_get_ovector_pointer(data.get());
    Found groups(1 + this->groups());
    for (std::size_t n = 0; n < static_cast<std::size_t>(found); ++n) {
        if (ends[2 * n] == PCRE2_UNSET || ends[2 * n] > ends[2 * n + 1]) continue;
        groups[n] = text.substr(ends[2 * n], ends[2 * n + 1] - ends[2 * n]);
    }
    return std::optional{std::move(groups)};
}

bool Pattern::fitsNothing() const {
    const auto found = find("");
    return found && found->has_value();
}

unsigned Pattern::groups() const {
    std::uint32_t count = 0;
    pcre2_pattern_info(static_cast<const pcre2_code*>(m_code.get()), PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

}  // namespace keystamp::flashing::console
