// SPDX-License-Identifier: Apache-2.0
#include "tests/support/relay.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace keystamp::test {
namespace {

constexpr int kBacklog = 4;
constexpr int kSlow = 57600;  ///< of a link that is throttled from a byte on

Error failed(const std::string& what, const char* where) {
    const int error = errno;
    return Error{ErrorCode::LinkUnavailable, what + ": " + std::strerror(error), error, where};
}

void sendAtOnce(const UniqueFd& fd) {
    const int on = 1;
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // refused by a Unix socket, which needs none
}

Result<UniqueFd> connectTo(const std::string& what, int family, const void* to, socklen_t size) {
    UniqueFd fd{::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (!fd || ::connect(fd.get(), static_cast<const sockaddr*>(to), size) != 0) return failed(what, "connect");
    sendAtOnce(fd);
    return fd;
}

}  // namespace

Relay::Relay(RelayMake make, bool isTelnet) : m_make(std::move(make)), m_toBoard(m_make.baud, isTelnet), m_fromBoard(m_make.baud, isTelnet) {
    if (m_make.fault) m_strike.emplace(m_make.fault->first, m_make.fault->second);
    if (!m_make.drips) return;
    m_toBoard.setDrips();
    m_fromBoard.setDrips();
}

Result<std::unique_ptr<Relay>> Relay::open(RelayMake make) {
    const bool isTelnet = make.to.starts_with("rfc2217:");
    std::unique_ptr<Relay> relay{new Relay{std::move(make), isTelnet}};
    if (auto listening = relay->listen(); !listening) return listening.error();
    relay->m_address = (isTelnet ? "rfc2217:" : "tcp:") + relay->m_address;
    return relay;
}

Result<void> Relay::listen() {
    m_listener = UniqueFd{::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    if (!m_listener || ::bind(m_listener.get(), reinterpret_cast<const sockaddr*>(&here), size) != 0 || ::listen(m_listener.get(), kBacklog) != 0 ||
        ::getsockname(m_listener.get(), reinterpret_cast<sockaddr*>(&here), &size) != 0) {
        return failed("the relay's port", "listen");
    }
    m_address = fmt::format("127.0.0.1:{}", ntohs(here.sin_port));
    return {};
}

Result<UniqueFd> Relay::reach() const {
    const std::string_view to = m_make.to;
    if (to.starts_with("unix:")) {
        sockaddr_un there{};
        there.sun_family = AF_UNIX;
        to.substr(5).copy(there.sun_path, sizeof there.sun_path - 1);
        return connectTo(m_make.to, AF_UNIX, &there, sizeof there);
    }
    const auto colon = to.rfind(':');
    const std::string host{to.substr(to.find(':') + 1, colon - to.find(':') - 1)};
    unsigned port = 0;
    std::from_chars(to.data() + colon + 1, to.data() + to.size(), port);
    sockaddr_in there{};
    there.sin_family = AF_INET;
    there.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::inet_pton(AF_INET, host.c_str(), &there.sin_addr) != 1) return Error{ErrorCode::BadUsage, m_make.to + ": an IPv4 address and a port, or unix:/path"};
    return connectTo(m_make.to, AF_INET, &there, sizeof there);
}

void Relay::hangUp() {
    m_station = UniqueFd{};
    m_board = UniqueFd{};
    m_toBoard.clear();
    m_fromBoard.clear();
    m_ending = false;
}

void Relay::accept() {
    UniqueFd station{::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (!station) return;
    hangUp();
    auto board = reach();
    if (!board) return;
    sendAtOnce(station);
    m_station = std::move(station);
    m_board = *std::move(board);
}

void Relay::strike(Bytes& bytes, RelayWay& way, Time now) {
    Bytes noise;
    const bool before = m_strike->unplugged();
    m_strike->pass(bytes, &way == &m_fromBoard, noise);
    m_fromBoard.take(noise, now);
    if (const auto late = m_strike->takeDelay(); late.count() > 0) way.holdUntil(now + late);
    m_ending = m_ending || (!before && m_strike->unplugged());  // who comes again finds it plugged in
    for (RelayWay* each : {&m_toBoard, &m_fromBoard}) {
        if (m_strike->throttles()) each->setBaud(kSlow, now);
        if (m_strike->drips()) each->setDrips();
    }
}

void Relay::hear(RelayWay& way, const UniqueFd& from, Time now) {
    std::array<std::uint8_t, 4096> buffer;
    while (way.hasRoom() && !m_ending && from) {
        const ssize_t got = ::recv(from.get(), buffer.data(), buffer.size(), MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (got <= 0) {
            m_ending = true;
            return;
        }
        if (!m_first) m_first = now;
        Bytes bytes{buffer.begin(), buffer.begin() + got};
        if (m_strike) strike(bytes, way, now);
        if (const auto baud = way.take(bytes, now)) {
            m_toBoard.setBaud(*baud, now);
            m_fromBoard.setBaud(*baud, now);
        }
        const Time idleFrom = std::max(now, m_busyUntil);
        m_busyUntil = std::max({idleFrom, m_toBoard.end(), m_fromBoard.end()});
        m_wire += m_busyUntil - idleFrom;
    }
}

void Relay::handOn(RelayWay& way, const UniqueFd& to, Time now) {
    if (!to) return;
    const Bytes bytes = way.through(now);
    if (bytes.empty()) return;
    const ssize_t sent = ::send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent > 0) {
        way.drop(static_cast<std::size_t>(sent));
        m_last = now;
    } else if (errno == EAGAIN || errno == EINTR) {
        way.retryAt(now + std::chrono::milliseconds{1});
    } else {
        hangUp();
    }
}

void Relay::wants(std::vector<Wanted>& wanted) const {
    wanted.push_back({m_listener.get(), POLLIN});
    if (!m_station || m_ending) return;
    if (m_toBoard.hasRoom()) wanted.push_back({m_station.get(), POLLIN});
    if (m_fromBoard.hasRoom()) wanted.push_back({m_board.get(), POLLIN});
}

std::optional<Relay::Time> Relay::due(Time now) const {
    const auto a = m_toBoard.due(now), b = m_fromBoard.due(now);
    return a && b ? std::min(a, b) : a ? a : b;
}

void Relay::serve(Time now) {
    hear(m_toBoard, m_station, now);
    hear(m_fromBoard, m_board, now);
    handOn(m_toBoard, m_board, now);
    handOn(m_fromBoard, m_station, now);
    if (m_ending && m_toBoard.isEmpty() && m_fromBoard.isEmpty()) hangUp();
    // after what the old connection still had to say
    accept();
}

std::string Relay::account() const {
    const auto seconds = [](auto span) { return std::chrono::duration<double>(span).count(); };
    return fmt::format(R"({{"to_board": {}, "from_board": {}, "wire": {:.6f}, "first": {:.6f}, "last": {:.6f}}})", m_toBoard.bytes(), m_fromBoard.bytes(),
                       seconds(m_wire), seconds(m_first.value_or(m_last).time_since_epoch()), seconds(m_last.time_since_epoch()));
}

}  // namespace keystamp::test
