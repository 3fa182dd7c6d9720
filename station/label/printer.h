// SPDX-License-Identifier: Apache-2.0
// A label printer at an address: `tcp:host[:port]` (9100 unless given), or `usb:/dev/usb/lp0`, any device file.
//
// A printer that answers the ZPL question after its status (~HS) is asked before and after each label: what it says to be wrong is known
// before anything is sent, and its answer afterwards proves that it has the label. Of one that has never answered nothing more is known
// than that it took the bytes. One connection an act, so that other programs may print too.
//
// Blocks, within the limits. One thread at a time. Errors: PrinterOff, PrinterEmpty, PrinterOpen, PrinterPaused, with the address.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "core/result.h"
#include "flashing/link/link.h"

namespace keystamp::label {

class Printer {
public:
    struct Limits {
        std::chrono::milliseconds open{2'000};
        std::chrono::milliseconds answer{1'000};
        std::chrono::milliseconds print{10'000};  ///< to take a label, and to answer when it has
    };
    explicit Printer(std::string address) : Printer(std::move(address), Limits{}) {}
    Printer(std::string address, Limits limits) : m_address(std::move(address)), m_limits(limits) {}

    /// BadConfig for an address that nobody could open.
    static Result<void> check(const std::string& address);

    /// What it says of itself, in words.
    Result<std::string> ask();
    struct Sent {
        Result<void> result;
        bool mayBePrinted = false;  ///< with an error: the label, or a part of it, had been sent by then
    };
    Sent send(const std::string& zpl);

private:
    Result<std::unique_ptr<flashing::Link>> open() const;
    /// Whether it answered at all; what it said was good then.
    Result<bool> status(flashing::Link& link, std::chrono::milliseconds limit);
    Error about(const Error& error) const;

    const std::string m_address;
    const Limits m_limits;
    bool m_answers = false;  ///< it has once: silence is trouble from then on
};

}  // namespace keystamp::label
