// SPDX-License-Identifier: Apache-2.0
// A serial port through libserialport, around what it does badly: it takes no symlinks, opens without a lock, spins after a
// hang-up, and its timeouts follow the wall clock. So: real path, flock, and poll() with our own deadline.
#include <fcntl.h>
#include <libserialport.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>

#include "core/releaser.h"
#include "flashing/link/open.h"

namespace keystamp::flashing {
namespace {

struct PortReleaser {
    void operator()(sp_port* port) const noexcept {
        sp_close(port);  // an error where it is not open, which is none
        sp_free_port(port);
    }
};
using PortPtr = std::unique_ptr<sp_port, PortReleaser>;

class SerialLink : public Link {
public:
    SerialLink(PortPtr port, int fd, bool hasLines) : m_port(std::move(port)), m_fd(fd), m_hasLines(hasLines) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        for (;;) {
            if (auto ready = waitFor(m_fd, POLLIN, deadline); !ready) return ready.error();
            const int got = sp_nonblocking_read(m_port.get(), into.data(), into.size());
            if (got > 0) return static_cast<std::size_t>(got);
            if (got < 0) return lost("read");
            // Readable, and nothing there: a hang-up. libserialport hides the end of file.
            if (sp_input_waiting(m_port.get()) <= 0 && hasHungUp(m_fd)) return Error{ErrorCode::LinkLost, "the port hung up"};
        }
    }

    Result<void> write(BytesView bytes, Deadline deadline) override {
        while (!bytes.empty()) {
            const int sent = sp_nonblocking_write(m_port.get(), bytes.data(), bytes.size());
            if (sent < 0) return lost("write");
            bytes = bytes.subspan(static_cast<std::size_t>(sent));
            if (bytes.empty()) break;
            if (auto ready = waitFor(m_fd, POLLOUT, deadline); !ready) return ready.error();
        }
        return {};
    }

    void discardInput() override { sp_flush(m_port.get(), SP_BUF_INPUT); }
    bool lost() const override { return hasHungUp(m_fd); }

    bool hasLines() const override { return m_hasLines; }
    Result<void> setLines(bool dtr, bool rts) override {
        // RTS last: a reset circuit looks at DTR when RTS is let go
        if (sp_set_dtr(m_port.get(), dtr ? SP_DTR_ON : SP_DTR_OFF) != SP_OK) return lost("sp_set_dtr");
        if (sp_set_rts(m_port.get(), rts ? SP_RTS_ON : SP_RTS_OFF) != SP_OK) return lost("sp_set_rts");
        return {};
    }
    Result<void> setBaud(int baud) override {
        if (sp_drain(m_port.get()) != SP_OK || sp_set_baudrate(m_port.get(), baud) != SP_OK) return lost("sp_set_baudrate");
        return {};
    }
    Result<void> setParity(Parity parity) override {
        if (!m_hasLines) return {};  // a pseudo-terminal has no bit for it either, and refuses
        if (sp_drain(m_port.get()) != SP_OK || sp_set_parity(m_port.get(), parity == Parity::Even ? SP_PARITY_EVEN : SP_PARITY_NONE) != SP_OK) {
            return lost("sp_set_parity");
        }
        return {};
    }

private:
    static Error lost(const char* where) { return Error{ErrorCode::LinkLost, std::strerror(errno), errno, where}; }

    PortPtr m_port;
    int m_fd;  ///< the port's own
    bool m_hasLines;
};

Error unavailable(const std::string& path, const std::string& why, int error, const char* where) {
    return Error{ErrorCode::LinkUnavailable, path + ": " + why, error, where};
}

Error failed(const std::string& path, const char* where) {
    const int error = sp_last_error_code();
    return unavailable(path, error != 0 ? std::strerror(error) : "libserialport refuses it", error, where);
}

bool isPseudoTerminal(int fd) {
    constexpr unsigned kFirstMajor = 136;  // UNIX98_PTY_SLAVE_MAJOR and seven more
    struct stat status {};
    return ::fstat(fd, &status) == 0 && major(status.st_rdev) >= kFirstMajor && major(status.st_rdev) < kFirstMajor + 8;
}

}  // namespace

Result<std::unique_ptr<Link>> openSerial(const LinkAddress& address, Deadline) {
    char real[PATH_MAX];
    if (::realpath(address.target.c_str(), real) == nullptr) {
        return unavailable(address.target, std::strerror(errno), errno, "realpath");
    }
    const std::string path = real;

    sp_port* found = nullptr;
    if (sp_get_port_by_name(path.c_str(), &found) != SP_OK) {
        return unavailable(path, "this is no serial port", sp_last_error_code(), "sp_get_port_by_name");
    }
    PortPtr port{found};
    if (sp_open(port.get(), SP_MODE_READ_WRITE) != SP_OK) return failed(path, "sp_open");
    int fd = -1;
    if (sp_get_port_handle(port.get(), &fd) != SP_OK) return failed(path, "sp_get_port_handle");
    // Two stations on one port would each take half of every answer.
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) return unavailable(path, "another program has this port", errno, "flock");
    // Against programs that do not ask for locks (ModemManager, brltty). Not on a pseudo-terminal (an emulator's): there the
    // mark would outlive a station that is killed, and shut out the next one.
    if (!isPseudoTerminal(fd) && ::ioctl(fd, TIOCEXCL) != 0) return unavailable(path, std::strerror(errno), errno, "TIOCEXCL");

    sp_port_config* made = nullptr;
    if (sp_new_config(&made) != SP_OK) return failed(path, "sp_new_config");
    const std::unique_ptr<sp_port_config, Releaser<sp_free_config>> config{made};
    const bool set = sp_set_config_baudrate(made, address.baud) == SP_OK && sp_set_config_bits(made, 8) == SP_OK &&
                     sp_set_config_parity(made, SP_PARITY_NONE) == SP_OK && sp_set_config_stopbits(made, 1) == SP_OK &&
                     sp_set_config_flowcontrol(made, SP_FLOWCONTROL_NONE) == SP_OK &&
                     sp_set_config(port.get(), made) == SP_OK;
    if (!set) return failed(path, "sp_set_config");
    sp_flush(port.get(), SP_BUF_BOTH);
    return std::unique_ptr<Link>(std::make_unique<SerialLink>(std::move(port), fd, !isPseudoTerminal(fd)));
}

}  // namespace keystamp::flashing
