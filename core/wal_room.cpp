// SPDX-License-Identifier: Apache-2.0
#include "core/wal_room.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace keystamp {

WalRoom::~WalRoom() {
    if (m_file >= 0) ::close(m_file);
}

void WalRoom::keep() noexcept {
    static constexpr std::array<char, 64 * 1024> kZeros{};
    if (m_file < 0) m_file = ::open(m_path.c_str(), O_WRONLY | O_CLOEXEC);
    struct stat log {};
    if (m_file < 0 || ::fstat(m_file, &log) != 0) return;
    off_t at = log.st_size;
    const off_t end = (at + kChunk - 1) / kChunk * kChunk;
    while (at < end) {
        const auto written = ::pwrite(m_file, kZeros.data(), std::min<std::size_t>(kZeros.size(), static_cast<std::size_t>(end - at)), at);
        if (written <= 0) return;
        at += written;
    }
}

}  // namespace keystamp
