// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/speaker.h"

#include <alsa/asoundlib.h>

#include <memory>

#include "core/releaser.h"
#include "station/viewmodel/tone.h"

namespace keystamp::viewmodel {
namespace {

constexpr std::size_t kMostWaiting = 4;
constexpr unsigned kLatency = 50'000;  // microseconds
using PcmPtr = std::unique_ptr<snd_pcm_t, Releaser<snd_pcm_close>>;

// the library would fill the log of a station without a sound device
void saysNothing(const char*, int, const char*, int, const char*, ...) {}

// opened for each tone: a device that is plugged in later sounds, and other programs have it meanwhile
void play(const std::vector<std::int16_t>& tone) {
    if (tone.empty()) return;
    snd_pcm_t* opened = nullptr;
    if (snd_pcm_open(&opened, "default", SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK) < 0) return;  // busy, or not there
    const PcmPtr pcm{opened};
    snd_pcm_nonblock(pcm.get(), 0);
    if (snd_pcm_set_params(pcm.get(), SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1, kToneRate, 1, kLatency) < 0) return;
    for (std::size_t at = 0; at < tone.size();) {
        auto written = snd_pcm_writei(pcm.get(), tone.data() + at, tone.size() - at);
        if (written < 0) written = snd_pcm_recover(pcm.get(), static_cast<int>(written), 1);
        if (written < 0) return;
        at += static_cast<std::size_t>(written);
    }
    snd_pcm_drain(pcm.get());
}

}  // namespace

Speaker::Speaker() {
    snd_lib_error_set_handler(saysNothing);
    m_thread = std::thread([this] { run(); });
}

Speaker::~Speaker() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        m_wake.notify_one();
    }
    m_thread.join();
}

void Speaker::sound(db::Verdict verdict) {
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() < kMostWaiting) m_waiting.push_back(verdict);
    m_wake.notify_one();
}

void Speaker::run() {
    for (;;) {
        db::Verdict next{};
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_ending || !m_waiting.empty(); });
            if (m_ending) return;
            next = m_waiting.front();
            m_waiting.pop_front();
        }
        play(toneOf(next));
    }
}

}  // namespace keystamp::viewmodel
