// SPDX-License-Identifier: Apache-2.0
// A byte stream to a board. One thread at a time; every call is bounded by its deadline.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/clock.h"
#include "core/result.h"

namespace keystamp::flashing {

enum class Parity { None, Even };

class Link {
public:
    virtual ~Link() = default;

    /// At least one byte, as soon as there is one. Timeout where none came; LinkLost where the other end is gone.
    virtual Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) = 0;
    /// All of it. Timeout, LinkLost.
    virtual Result<void> write(BytesView bytes, Deadline deadline) = 0;
    /// Drops what was received and not yet read.
    virtual void discardInput() = 0;
    /// Whether the other end is known to be gone; asks nobody and waits for nothing. A link that lay idle may have been lost meanwhile.
    virtual bool lost() const { return false; }

    /// What the bus says is the serial number of what is plugged in (`usb:`); empty where nothing does.
    virtual std::string serialNumber() const { return {}; }
    /// Whether it has the control lines of a serial port, and a baud rate. Without them the next two are LinkUnavailable.
    virtual bool hasLines() const { return false; }
    virtual Result<void> setLines(bool dtr, bool rts);
    /// Bits per second, from the next byte on.
    virtual Result<void> setBaud(int baud);
    /// Of each byte, from the next one on; None unless said. Where no serial port is known of, bytes go as they are and it means nothing.
    virtual Result<void> setParity(Parity) { return {}; }
};

/// `tcp:host:port` (serial device servers, emulators), `rfc2217:host:port` (servers that hand on DTR, RTS and baud rate as
/// RFC 2217 has it), `unix:/path`, `serial:/dev/...[@baud]` (115200 8N1 unless said; the
/// port is locked against other programs), `usb:1-2.3[:1.0][@baud]`: the serial port that is plugged in at that bus and port (and is that
/// interface of the device), lost as soon as the device went away, whether or not another one is there. BadConfig for any other text; LinkUnavailable where it cannot be opened.
Result<std::unique_ptr<Link>> openLink(const std::string& address, Deadline deadline);
/// Whether openLink would understand it; for checking a configuration.
Result<void> checkLinkAddress(const std::string& address);

}  // namespace keystamp::flashing
