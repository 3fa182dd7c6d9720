// SPDX-License-Identifier: Apache-2.0
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/file.h"
#include "flashing/link/open.h"

namespace keystamp::flashing {
namespace {

class SocketLink : public Link {
public:
    explicit SocketLink(UniqueFd fd) : m_fd(std::move(fd)) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        for (;;) {
            if (auto ready = waitFor(m_fd.get(), POLLIN, deadline); !ready) return ready.error();
            const ssize_t got = ::recv(m_fd.get(), into.data(), into.size(), 0);
            if (got > 0) return static_cast<std::size_t>(got);
            if (got == 0) return Error{ErrorCode::LinkLost, "the other end closed"};
            if (errno != EAGAIN && errno != EINTR) return Error{ErrorCode::LinkLost, "", errno, "recv"};
        }
    }

    Result<void> write(BytesView bytes, Deadline deadline) override {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(m_fd.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent >= 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(sent));
            } else if (errno == EAGAIN) {
                if (auto ready = waitFor(m_fd.get(), POLLOUT, deadline); !ready) return ready.error();
            } else if (errno != EINTR) {
                return Error{ErrorCode::LinkLost, "", errno, "send"};
            }
        }
        return {};
    }

    void discardInput() override {
        std::array<std::uint8_t, 1024> sink{};
        while (::recv(m_fd.get(), sink.data(), sink.size(), 0) > 0) {
        }
    }
    bool lost() const override { return hasHungUp(m_fd.get()); }

private:
    UniqueFd m_fd;  ///< non-blocking
};

Error unavailable(const LinkAddress& address, int error, const char* where) {
    const std::string name = address.port.empty() ? address.target : address.target + ":" + address.port;
    return Error{ErrorCode::LinkUnavailable, name + ": " + std::strerror(error), error, where};
}

Result<std::unique_ptr<Link>> connectTo(const LinkAddress& address, int family, const sockaddr* to, socklen_t size,
                                        Deadline deadline) {
    UniqueFd fd{::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!fd) return unavailable(address, errno, "socket");
    if (::connect(fd.get(), to, size) != 0) {
        // A Unix socket whose listener's queue is full says EAGAIN and cannot be waited for.
        if (errno != EINPROGRESS) return unavailable(address, errno, "connect");
        if (auto ready = waitFor(fd.get(), POLLOUT, deadline); !ready) {
            if (ready.error().code == ErrorCode::Timeout) return unavailable(address, ETIMEDOUT, "connect");
        }
        int error = 0;
        socklen_t length = sizeof error;
        if (::getsockopt(fd.get(), SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0) {
            return unavailable(address, error, "connect");
        }
    }
    if (family != AF_UNIX) {
        const int on = 1;
        ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ::setsockopt(fd.get(), SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    }
    return std::unique_ptr<Link>(std::make_unique<SocketLink>(std::move(fd)));
}

}  // namespace

Result<std::unique_ptr<Link>> openTcp(const LinkAddress& address, Deadline deadline) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo* list = nullptr;
    // A name is looked up by the system's resolver, in its own time; give addresses where that matters.
    if (const int failed = ::getaddrinfo(address.target.c_str(), address.port.c_str(), &wanted, &list); failed != 0) {
        return Error{ErrorCode::LinkUnavailable, address.target + ": " + gai_strerror(failed), failed, "getaddrinfo"};
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned{list, freeaddrinfo};
    Result<std::unique_ptr<Link>> link = unavailable(address, EHOSTUNREACH, "connect");
    for (const addrinfo* each = list; each != nullptr; each = each->ai_next) {
        link = connectTo(address, each->ai_family, each->ai_addr, each->ai_addrlen, deadline);
        if (link || deadline.passed()) break;
    }
    return link;
}

Result<std::unique_ptr<Link>> openUnix(const LinkAddress& address, Deadline deadline) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (address.target.size() >= sizeof to.sun_path) return unavailable(address, ENAMETOOLONG, "connect");
    std::memcpy(to.sun_path, address.target.data(), address.target.size());
    return connectTo(address, AF_UNIX, reinterpret_cast<const sockaddr*>(&to), sizeof to, deadline);
}

}  // namespace keystamp::flashing
