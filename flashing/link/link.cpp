// SPDX-License-Identifier: Apache-2.0
#include "flashing/link/link.h"

#include <poll.h>

#include <cerrno>
#include <charconv>
#include <regex>

#include "flashing/link/open.h"

namespace keystamp::flashing {
namespace {

Error bad(const std::string& address, const char* why) {
    return Error{ErrorCode::BadConfig, "link '" + address + "': " + why};
}

bool parseNumber(std::string_view text, int least, int most, int& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && number >= least && number <= most;
}

/// Bus and ports as sysfs names them, and perhaps the interface.
Result<LinkAddress> parseUsb(const std::string& address, LinkAddress parsed) {
    static const std::regex kPlace{R"((\d+-\d+(?:\.\d+)*)(?::(\d+\.\d+))?)"};
    constexpr std::size_t kLongest = 64;  // seven levels of hubs; and std::regex recurses with each character
    std::smatch found;
    const std::string place = parsed.target;
    if (place.size() > kLongest || !std::regex_match(place, found, kPlace)) {
        return bad(address, "write usb: with bus and ports, usb:1-2.3, or with the interface too, usb:1-2.3:1.0, as /sys/bus/usb/devices names them");
    }
    parsed.kind = LinkAddress::Kind::Usb;
    parsed.target = found.str(1);
    parsed.port = found.str(2);
    return parsed;
}

}  // namespace

Result<LinkAddress> parseLinkAddress(const std::string& address) {
    const auto colon = address.find(':');
    const std::string scheme = address.substr(0, colon);
    const std::string rest = colon == std::string::npos ? "" : address.substr(colon + 1);
    LinkAddress parsed;
    if (scheme == "tcp" || scheme == "rfc2217") {
        const auto last = rest.rfind(':');
        int port = 0;
        if (last == std::string::npos || last == 0 || !parseNumber(std::string_view{rest}.substr(last + 1), 1, 65535, port)) {
            return bad(address, "write a host and a port behind it, tcp:host:port");
        }
        if (scheme == "rfc2217") parsed.kind = LinkAddress::Kind::Rfc2217;
        parsed.target = rest.substr(0, last);
        parsed.port = rest.substr(last + 1);
        if (parsed.target.front() == '[' && parsed.target.back() == ']' && parsed.target.size() > 2) {
            parsed.target = parsed.target.substr(1, parsed.target.size() - 2);  // an IPv6 address
        }
        return parsed;
    }
    if (scheme == "unix") {
        if (rest.empty() || rest.front() != '/') return bad(address, "write unix:/path");
        if (rest.size() > 107) return bad(address, "the path of a socket has at most 107 bytes");
        parsed.kind = LinkAddress::Kind::Unix;
        parsed.target = rest;
        return parsed;
    }
    if (scheme == "serial" || scheme == "usb") {
        const auto at = rest.rfind('@');
        parsed.target = rest.substr(0, at);
        if (at != std::string::npos && !parseNumber(std::string_view{rest}.substr(at + 1), 300, 4'000'000, parsed.baud)) {
            return bad(address, "the baud rate after @ is a number from 300 to 4000000");
        }
        if (scheme == "usb") return parseUsb(address, std::move(parsed));
        parsed.kind = LinkAddress::Kind::Serial;
        if (parsed.target.empty() || parsed.target.front() != '/') return bad(address, "write serial:/dev/...");
        return parsed;
    }
    return bad(address, "write tcp:host:port, rfc2217:host:port, unix:/path, serial:/dev/... or usb:1-2.3");
}

Result<void> Link::setLines(bool, bool) {
    return Error{ErrorCode::LinkUnavailable, "this link has no DTR and RTS; use serial: or rfc2217:"};
}

Result<void> Link::setBaud(int) {
    return Error{ErrorCode::LinkUnavailable, "this link has no baud rate; use serial: or rfc2217:"};
}

Result<void> checkLinkAddress(const std::string& address) {
    if (auto parsed = parseLinkAddress(address); !parsed) return parsed.error();
    return {};
}

Result<std::unique_ptr<Link>> openLink(const std::string& address, Deadline deadline) {
    const auto parsed = parseLinkAddress(address);
    if (!parsed) return parsed.error();
    switch (parsed->kind) {
        case LinkAddress::Kind::Tcp:
            return openTcp(*parsed, deadline);
        case LinkAddress::Kind::Rfc2217:
            return openRfc2217(*parsed, deadline);
        case LinkAddress::Kind::Unix:
            return openUnix(*parsed, deadline);
        case LinkAddress::Kind::Serial:
            return openSerial(*parsed, deadline);
        case LinkAddress::Kind::Usb:
            return openUsb(*parsed, deadline);
    }
    return Error{ErrorCode::Internal, address};
}

bool hasHungUp(int fd) {
    pollfd item{fd, POLLIN | POLLRDHUP, 0};
    return ::poll(&item, 1, 0) > 0 && (item.revents & (POLLHUP | POLLRDHUP | POLLERR)) != 0;
}

Result<void> waitFor(int fd, short events, Deadline deadline) {
    pollfd item{fd, events, 0};
    for (;;) {
        const int ready = ::poll(&item, 1, static_cast<int>(deadline.left().count()));
        if (ready < 0 && errno == EINTR) continue;
        if (ready < 0) return Error{ErrorCode::LinkLost, "", errno, "poll"};
        if (ready == 0) return Error{ErrorCode::Timeout, "the link"};
        // What arrived before the hang-up is still there to be read.
        if ((item.revents & events) != 0) return {};
        return Error{ErrorCode::LinkLost, "the other end hung up"};
    }
}

}  // namespace keystamp::flashing
