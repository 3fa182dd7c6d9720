// SPDX-License-Identifier: Apache-2.0
// Private to flashing: one opener a kind of link, and what they share.
#pragma once

#include <string>

#include "flashing/link/link.h"

namespace keystamp::flashing {

/// An address taken apart.
struct LinkAddress {
    enum class Kind { Tcp, Rfc2217, Unix, Serial, Usb } kind = Kind::Tcp;
    std::string target;  ///< host, or path; usb: bus and ports, 1-2.3
    std::string port;    ///< tcp; usb: configuration and interface, 1.0, or empty
    int baud = 115200;   ///< serial, usb
};
Result<LinkAddress> parseLinkAddress(const std::string& address);

Result<std::unique_ptr<Link>> openTcp(const LinkAddress& address, Deadline deadline);
Result<std::unique_ptr<Link>> openRfc2217(const LinkAddress& address, Deadline deadline);
Result<std::unique_ptr<Link>> openUnix(const LinkAddress& address, Deadline deadline);
Result<std::unique_ptr<Link>> openSerial(const LinkAddress& address, Deadline deadline);
Result<std::unique_ptr<Link>> openUsb(const LinkAddress& address, Deadline deadline);

/// Waits with poll() until the descriptor can be read (POLLIN) or written (POLLOUT). Timeout; LinkLost where it can
/// neither: the other end hung up.
Result<void> waitFor(int fd, short events, Deadline deadline);
/// Whether it did, now.
bool hasHungUp(int fd);

}  // namespace keystamp::flashing
