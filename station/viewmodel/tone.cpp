// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/tone.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace keystamp::viewmodel {
namespace {

constexpr double kLoudness = 0.6 * 32'767;
constexpr unsigned kRamp = kToneRate / 200;  // 5 ms: without it each note begins and ends with a click

void addNote(std::vector<std::int16_t>& to, double hertz, double seconds) {
    const auto length = static_cast<unsigned>(seconds * kToneRate);
    for (unsigned n = 0; n < length; ++n) {
        const double ramp = std::min({1.0, static_cast<double>(n) / kRamp, static_cast<double>(length - n) / kRamp});
        to.push_back(static_cast<std::int16_t>(kLoudness * ramp * std::sin(2 * std::numbers::pi * hertz * n / kToneRate)));
    }
}

}  // namespace

std::vector<std::int16_t> toneOf(db::Verdict verdict) {
    std::vector<std::int16_t> tone;
    switch (verdict) {
        case db::Verdict::Pass:
            addNote(tone, 660, 0.12);
            addNote(tone, 990, 0.18);
            break;
        case db::Verdict::Fail:
            addNote(tone, 440, 0.18);
            addNote(tone, 220, 0.30);
            break;
        case db::Verdict::Error:
            addNote(tone, 550, 0.15);
            addNote(tone, 0, 0.08);
            addNote(tone, 550, 0.15);
            break;
        case db::Verdict::Aborted:
            break;
    }
    return tone;
}

}  // namespace keystamp::viewmodel
