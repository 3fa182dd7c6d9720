// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/listener.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <pty.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <memory>

namespace keystamp::flashing::board_program {
namespace {

constexpr int kBacklog = 16;

Error unavailable(const std::string& what, const char* where) {
    const int error = errno;
    return Error{ErrorCode::LinkUnavailable, what + ": " + std::strerror(error), error, where};
}

Error badSpec(const std::string& spec) {
    return Error{ErrorCode::BadUsage, "--listen " + spec + ": write tcp:host:port, rfc2217:host:port, unix:/path or pty[:/link]"};
}

/// A socket that nobody listens on any more is the rest of a killed program.
bool isStale(const sockaddr_un& to) {
    const UniqueFd probe{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    return ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0 && errno == ECONNREFUSED;
}

}  // namespace

Result<void> Listener::openTcp(const std::string& host, unsigned port) {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const std::string name = host.size() > 2 && host.front() == '[' ? host.substr(1, host.size() - 2) : host;
    if (const int failed = ::getaddrinfo(name.c_str(), std::to_string(port).c_str(), &wanted, &list); failed != 0) {
        return Error{ErrorCode::LinkUnavailable, host + ": " + gai_strerror(failed), failed, "getaddrinfo"};
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned{list, freeaddrinfo};
    m_fd = UniqueFd{::socket(list->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    const int on = 1;
    ::setsockopt(m_fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(m_fd.get(), list->ai_addr, list->ai_addrlen) != 0) return unavailable(host, "bind");
    if (::listen(m_fd.get(), kBacklog) != 0) return unavailable(host, "listen");
    sockaddr_storage bound{};
    socklen_t size = sizeof bound;
    if (::getsockname(m_fd.get(), reinterpret_cast<sockaddr*>(&bound), &size) != 0) return unavailable(host, "getsockname");
    const in_port_t given = bound.ss_family == AF_INET6 ? reinterpret_cast<const sockaddr_in6*>(&bound)->sin6_port
                                                        : reinterpret_cast<const sockaddr_in*>(&bound)->sin_port;
    m_address = fmt::format("{}:{}:{}", m_isRfc2217 ? "rfc2217" : "tcp", host, ntohs(given));
    return {};
}

Result<void> Listener::openUnix(const std::string& path) {
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof to.sun_path) {
        return Error{ErrorCode::BadUsage, path + ": the path of a socket has 1 to 107 bytes"};
    }
    std::memcpy(to.sun_path, path.data(), path.size());
    if (isStale(to)) ::unlink(path.c_str());
    m_fd = UniqueFd{::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (::bind(m_fd.get(), reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) return unavailable(path, "bind");
    m_path = path;
    if (::listen(m_fd.get(), kBacklog) != 0) return unavailable(path, "listen");
    m_address = "unix:" + path;
    return {};
}

Result<void> Listener::openPty(const std::string& link) {
    int master = -1;
    int slave = -1;
    std::array<char, 64> name{};
    termios raw{};
    ::cfmakeraw(&raw);
    ::cfsetspeed(&raw, B115200);
    raw.c_cflag |= CREAD | CLOCAL;
    if (::openpty(&master, &slave, name.data(), &raw, nullptr) != 0) return unavailable("pty", "openpty");
    m_master = UniqueFd{master};
    m_slave = UniqueFd{slave};
    ::fcntl(master, F_SETFL, O_NONBLOCK);
    ::fcntl(master, F_SETFD, FD_CLOEXEC);
    ::fcntl(slave, F_SETFD, FD_CLOEXEC);
    // With the far end held open here, a station's leaving shows nowhere but in the file system.
    m_fd = UniqueFd{::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)};
    if (!m_fd || ::inotify_add_watch(m_fd.get(), name.data(), IN_CLOSE) < 0) return unavailable(name.data(), "inotify");
    m_address = std::string{"serial:"} + name.data();
    if (link.empty()) return {};
    std::error_code problem;
    if (std::filesystem::is_symlink(link, problem)) ::unlink(link.c_str());
    if (::symlink(name.data(), link.c_str()) != 0) return unavailable(link, "symlink");
    m_path = link;
    m_address = "serial:" + link;
    return {};
}

Result<Listener> Listener::open(const std::string& spec, unsigned fixture, unsigned fixtures) {
    Listener listener;
    const auto colon = spec.find(':');
    const std::string kind = spec.substr(0, colon);
    const std::string rest = colon == std::string::npos ? "" : spec.substr(colon + 1);
    const std::string suffix = fixtures > 1 ? "-" + std::to_string(fixture) : "";
    Result<void> opened = badSpec(spec);
    listener.m_isRfc2217 = kind == "rfc2217";
    if (kind == "tcp" || listener.m_isRfc2217) {
        const auto last = rest.rfind(':');
        unsigned port = 0;
        if (last == std::string::npos || last == 0) return badSpec(spec);
        const char* end = rest.data() + rest.size();
        const auto [stop, problem] = std::from_chars(rest.data() + last + 1, end, port);
        if (problem != std::errc{} || stop != end || port + fixtures > 65536) return badSpec(spec);
        opened = listener.openTcp(rest.substr(0, last), port == 0 ? 0 : port + fixture - 1);
    } else if (kind == "unix" && !rest.empty()) {
        opened = listener.openUnix(rest + suffix);
    } else if (kind == "pty" && (colon == std::string::npos || !rest.empty())) {
        opened = listener.openPty(rest.empty() ? "" : rest + suffix);
    }
    if (!opened) return opened.error();
    return listener;
}

Listener::~Listener() {
    if (!m_path.empty() && m_fd) ::unlink(m_path.c_str());
}

UniqueFd Listener::accept() const {
    UniqueFd fd{::accept4(m_fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC)};
    const int on = 1;
    if (fd) ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // refused by a Unix socket, which needs none
    return fd;
}

bool Listener::stationClosed() const {
    std::array<char, 4096> events{};
    bool any = false;
    while (::read(m_fd.get(), events.data(), events.size()) > 0) any = true;
    if (any) ::tcflush(m_slave.get(), TCIFLUSH);
    return any;
}

}  // namespace keystamp::flashing::board_program
