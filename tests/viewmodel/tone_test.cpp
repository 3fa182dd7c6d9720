// SPDX-License-Identifier: Apache-2.0
// What a verdict sounds like, up to the device: ALSA's default one is a file here.
#include "station/viewmodel/tone.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "core/clock.h"
#include "core/file.h"
#include "station/viewmodel/speaker.h"
#include "tests/support/temp_folder.h"

namespace keystamp::viewmodel {
namespace {

/// Pitch of a part of a tone, by its zero crossings; 0: silence.
double hertz(const std::vector<std::int16_t>& tone, double from, double to) {
    const auto at = [&](double part) { return static_cast<std::size_t>(part * static_cast<double>(tone.size())); };
    int crossings = 0;
    for (std::size_t n = at(from) + 1; n < at(to); ++n) crossings += (tone[n - 1] < 0) != (tone[n] < 0);
    return crossings / 2.0 * kToneRate / static_cast<double>(at(to) - at(from));
}

TEST(Tone, PassRisesFailFallsAndErrorIsTwiceTheSame) {
    const auto pass = toneOf(db::Verdict::Pass), fail = toneOf(db::Verdict::Fail), error = toneOf(db::Verdict::Error);
    EXPECT_GT(hertz(pass, 0.6, 0.9), 1.3 * hertz(pass, 0.05, 0.35));
    EXPECT_LT(hertz(fail, 0.6, 0.9), 0.7 * hertz(fail, 0.05, 0.3));
    EXPECT_NEAR(hertz(error, 0.05, 0.35), hertz(error, 0.65, 0.95), 20);
    EXPECT_EQ(hertz(error, 0.42, 0.58), 0);
    EXPECT_TRUE(toneOf(db::Verdict::Aborted).empty());
    for (const auto& tone : {pass, fail, error}) {
        EXPECT_LT(tone.size(), kToneRate / 2) << "a tone is over before the next verdict";
        EXPECT_EQ(tone.front(), 0);
    }
}

/// ALSA as this process has it for the length of a test.
class SoundDevice {
public:
    explicit SoundDevice(const std::string& definition) {
        EXPECT_TRUE(writeFile(m_folder / "asound.conf", definition + "\n").ok());
        setenv("ALSA_CONFIG_PATH", (m_folder / "asound.conf").c_str(), 1);
    }
    ~SoundDevice() { unsetenv("ALSA_CONFIG_PATH"); }

private:
    test::TempFolder m_folder;
};

TEST(Speaker, WhatItIsToldComesToTheDeviceInOrder) {
    test::TempFolder folder;
    const std::string file = folder / "sound.raw";
    const SoundDevice device{"pcm.!default { type plug slave.pcm { type file format raw file \"" + file + "\" slave.pcm { type null } } }"};
    std::vector<std::int16_t> wanted = toneOf(db::Verdict::Pass);
    {
        Speaker speaker;
        speaker.sound(db::Verdict::Pass);
        // until the device has it: the speaker leaves out what waits when it ends
        for (const auto deadline = Deadline::in(std::chrono::seconds{20}); !deadline.passed(); std::this_thread::sleep_for(std::chrono::milliseconds{5})) {
            const auto written = readFile(file);
            if (written && written->size() >= wanted.size() * 2) break;
        }
    }
    const auto heard = readFile(file);
    ASSERT_TRUE(heard.ok());
    ASSERT_GE(heard->size(), wanted.size() * 2);
    EXPECT_EQ(std::memcmp(heard->data(), wanted.data(), wanted.size() * 2), 0);
}

TEST(Speaker, WithoutADeviceItCostsNothingAndSaysNothing) {
    const SoundDevice none{""};
    testing::internal::CaptureStderr();
    const auto began = std::chrono::steady_clock::now();
    {
        Speaker speaker;
        for (int n = 0; n < 100; ++n) speaker.sound(db::Verdict::Error);
        EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{2}) << "it waits for its tones, which take half a minute";
        std::this_thread::sleep_for(std::chrono::milliseconds{100});
    }
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace keystamp::viewmodel
