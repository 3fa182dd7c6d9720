// SPDX-License-Identifier: Apache-2.0
// A keyboard scanner through evdev, grabbed: its keys reach neither the desktop nor another program.
#include <fcntl.h>
#include <libevdev/libevdev.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/file.h"
#include "core/releaser.h"
#include "station/workflow/scan_keys.h"
#include "station/workflow/scanner_source.h"

namespace keystamp::workflow {
namespace {

using DevicePtr = std::unique_ptr<libevdev, Releaser<libevdev_free>>;

Error unavailable(const std::string& path, const std::string& why, int error, const char* where) {
    return {ErrorCode::LinkUnavailable, path + ": " + why, error, where};
}

class KeyboardScanner : public ScannerSource {
public:
    KeyboardScanner(UniqueFd fd, DevicePtr device) : m_fd(std::move(fd)), m_device(std::move(device)) {}

    Result<std::vector<Scanned>> read(Deadline deadline) override {
        std::vector<Scanned> scans;
        if (libevdev_has_event_pending(m_device.get()) == 0) {
            pollfd waiting{m_fd.get(), POLLIN, 0};
            const auto left = std::max<std::int64_t>(deadline.left().count(), 0);
            if (::poll(&waiting, 1, static_cast<int>(left)) <= 0) {
                if (auto cut = m_silence.passed() ? m_keys.silence() : std::nullopt) scans.emplace_back(*std::move(cut));
                return scans;
            }
        }
        m_silence = Deadline::in(kScanSilence);
        for (;;) {
            input_event event{};
            const unsigned mode = m_catchingUp ? LIBEVDEV_READ_FLAG_SYNC : LIBEVDEV_READ_FLAG_NORMAL;
            const int status = libevdev_next_event(m_device.get(), mode, &event);
            if (status == -EAGAIN) {
                if (!m_catchingUp) return scans;
                m_catchingUp = false;  // the device is known again as it is now
                continue;
            }
            if (status < 0) return Error{ErrorCode::LinkLost, std::strerror(-status), -status, "libevdev_next_event"};
            if (status == LIBEVDEV_READ_STATUS_SYNC) {
                // the kernel's queue ran over; what it makes up for that are no keys that were pressed
                if (!m_catchingUp) m_keys.lost();
                m_catchingUp = true;
                continue;
            }
            if (event.type != EV_KEY) continue;
            if (auto scan = m_keys.take(event.code, event.value)) scans.push_back(*std::move(scan));
        }
    }

private:
    UniqueFd m_fd;
    DevicePtr m_device;
    ScanKeys m_keys;
    Deadline m_silence = Deadline::in(kScanSilence);
    bool m_catchingUp = false;
};

}  // namespace

Result<std::unique_ptr<ScannerSource>> openKeyboard(const std::string& path) {
    UniqueFd fd{::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC)};
    if (!fd) return unavailable(path, std::strerror(errno), errno, "open");
    libevdev* made = nullptr;
    if (const int status = libevdev_new_from_fd(fd.get(), &made); status != 0) {
        return unavailable(path, std::strerror(-status), -status, "libevdev_new_from_fd");
    }
    DevicePtr device{made};
    if (libevdev_has_event_code(made, EV_KEY, KEY_ENTER) == 0) return unavailable(path, "it has no Enter key, so it is no scanner", ENOTSUP, "evdev");
    if (const int status = libevdev_grab(made, LIBEVDEV_GRAB); status != 0) {
        return unavailable(path, status == -EBUSY ? "another program has taken it" : std::strerror(-status), -status, "EVIOCGRAB");
    }
    return std::unique_ptr<ScannerSource>{std::make_unique<KeyboardScanner>(std::move(fd), std::move(device))};
}

}  // namespace keystamp::workflow
