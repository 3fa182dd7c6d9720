// SPDX-License-Identifier: Apache-2.0
#include "tests/support/label_printer.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>

namespace keystamp::test {
namespace {

constexpr int kLook = 10;  // milliseconds

UniqueFd listenAt(int port) {
    UniqueFd fd{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(static_cast<std::uint16_t>(port));
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0 || ::listen(fd.get(), 4) != 0) return {};
    return fd;
}

bool readable(int fd) {
    pollfd one{fd, POLLIN, 0};
    return ::poll(&one, 1, kLook) > 0;
}

/// The other end reads "connection reset".
void reset(int fd) {
    const linger now{1, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

}  // namespace

LabelPrinter::LabelPrinter() : m_listener(listenAt(0)) {
    sockaddr_in at{};
    socklen_t size = sizeof at;
    ::getsockname(m_listener.get(), reinterpret_cast<sockaddr*>(&at), &size);
    m_port = ntohs(at.sin_port);
    m_thread = std::thread([this] { serve(); });
}

LabelPrinter::~LabelPrinter() {
    m_ending = true;
    m_thread.join();
}

std::string LabelPrinter::address() const { return fmt::format("tcp:127.0.0.1:{}", m_port); }

void LabelPrinter::turn(bool on) {
    m_on = on;
    // until it is so
    for (;;) {
        {
            const std::lock_guard lock(m_mutex);
            if (static_cast<bool>(m_listener) == on) return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

std::vector<std::string> LabelPrinter::labels() const {
    const std::lock_guard lock(m_mutex);
    return m_labels;
}

void LabelPrinter::serve() {
    while (!m_ending) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_on && !m_listener) m_listener = listenAt(m_port);
            if (!m_on) m_listener = UniqueFd{};
        }
        if (!m_listener || !readable(m_listener.get())) {
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
            continue;
        }
        const UniqueFd connection{::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC)};
        if (connection) talk(connection.get());
    }
}

std::string LabelPrinter::status() const {
    const auto flag = [](bool set) { return set ? '1' : '0'; };
    return fmt::format("\x02" "030,{},{},1245,000,0,0,0,000,0,0,0\x03\r\n\x02" "000,0,{},{},0,2,4,0,00000000,1,000\x03\r\n\x02" "1234,0\x03\r\n",
                       flag(paperOut), flag(paused), flag(headOpen), flag(ribbonOut));
}

void LabelPrinter::talk(int connection) {
    std::string got;
    std::array<char, 4096> some{};
    while (!m_ending && m_on) {
        if (!readable(connection)) continue;
        const ssize_t size = ::recv(connection, some.data(), some.size(), 0);
        if (size <= 0) return;
        got.append(some.data(), static_cast<std::size_t>(size));
        if (got.find("^XA") != std::string::npos && breaksInLabel > 0) {
            --breaksInLabel;
            return reset(connection);
        }
        if (const auto end = got.find("^XZ"); end != std::string::npos) {
            const auto begin = got.find("^XA");
            const std::lock_guard lock(m_mutex);
            m_labels.push_back(got.substr(begin, end + 3 - begin));
            got.erase(0, end + 3);
            if (breaksAfterLabel > 0) {
                --breaksAfterLabel;
                return reset(connection);
            }
        }
        if (const auto asked = got.find("~HS"); asked != std::string::npos && got.find("^XA") == std::string::npos) {
            got.erase(0, asked + 3);
            std::this_thread::sleep_for(std::chrono::milliseconds{slow.load()});
            const std::string answer = status();
            if (answers) static_cast<void>(::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL));
        }
    }
    reset(connection);
}

}  // namespace keystamp::test
