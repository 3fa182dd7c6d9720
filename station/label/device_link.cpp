// SPDX-License-Identifier: Apache-2.0
#include "station/label/device_link.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/file.h"

namespace keystamp::label {
namespace {

class DeviceLink : public flashing::Link {
public:
    explicit DeviceLink(UniqueFd fd) : m_fd(std::move(fd)) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        for (;;) {
            if (auto ready = wait(POLLIN, deadline); !ready) return ready.error();
            const ssize_t got = ::read(m_fd.get(), into.data(), into.size());
            if (got > 0) return static_cast<std::size_t>(got);
            if (got == 0 || (errno != EAGAIN && errno != EINTR)) return Error{ErrorCode::LinkLost, "", got == 0 ? 0 : errno, "read"};
        }
    }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        while (!bytes.empty()) {
            if (auto ready = wait(POLLOUT, deadline); !ready) return ready;
            const ssize_t sent = ::write(m_fd.get(), bytes.data(), bytes.size());
            if (sent >= 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(sent));
            } else if (errno != EAGAIN && errno != EINTR) {
                return Error{ErrorCode::LinkLost, "", errno, "write"};
            }
        }
        return {};
    }
    void discardInput() override {
        std::array<std::uint8_t, 1024> sink{};
        while (::read(m_fd.get(), sink.data(), sink.size()) > 0) {
        }
    }

private:
    Result<void> wait(short events, Deadline deadline) const {
        pollfd one{m_fd.get(), events, 0};
        const int ready = ::poll(&one, 1, static_cast<int>(deadline.left().count()));
        if (ready == 0) return Error{ErrorCode::Timeout, {}};
        if (ready < 0 && errno != EINTR) return Error{ErrorCode::LinkLost, "", errno, "poll"};
        if (ready > 0 && (one.revents & events) == 0) return Error{ErrorCode::LinkLost, "it went away"};
        return {};
    }

    UniqueFd m_fd;  ///< non-blocking
};

}  // namespace

Result<std::unique_ptr<flashing::Link>> openDevice(const std::string& path) {
    UniqueFd fd{::open(path.c_str(), O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)};
    if (!fd) return Error{ErrorCode::LinkUnavailable, std::strerror(errno), errno, "open"};
    struct stat what {};
    if (::fstat(fd.get(), &what) != 0 || S_ISREG(what.st_mode)) return Error{ErrorCode::LinkUnavailable, "it is a file and no device"};
    return std::unique_ptr<flashing::Link>{std::make_unique<DeviceLink>(std::move(fd))};
}

}  // namespace keystamp::label
