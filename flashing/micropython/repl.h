// SPDX-License-Identifier: Apache-2.0
// MicroPython's raw REPL. What is told to it comes with its Adler-32 and is not done where that is wrong; what it says comes with one too.
// Written at the pace of a serial line whose other end has a small buffer and no flow control, and slower where that was too fast.
// Source: MicroPython's documentation, "The MicroPython Interactive Interpreter Mode (aka REPL)", raw mode.
//
// One thread at a time. Errors: BoardSilent, BoardNonsense, LinkLost; BoardRefused with the exception that ended the code.
#pragma once

#include <array>
#include <chrono>
#include <string>

#include "core/secret.h"
#include "flashing/link/link.h"

namespace keystamp::flashing::micropython {

class Repl {
public:
    explicit Repl(Link& link) : m_link(link) {}

    /// Stops what runs, and makes the board ready for run().
    Result<void> enter(Deadline deadline);
    /// `code` may be run twice, so doing it again must change nothing. What it leaves in `o`, a str, is returned; bytes of `o` are not secret
    /// unless the caller takes them as such: they come in secure memory.
    Result<Secret> run(const char* what, const Secret& code, Deadline deadline);
    Result<Secret> run(const char* what, std::string_view code, Deadline deadline) { return run(what, Secret::copyOf(code), deadline); }
    /// Leaves raw mode and restarts it, as after power-on.
    Result<void> restart(Deadline deadline);

private:
    Result<void> settle(Deadline deadline);
    Result<Secret> runOnce(const char* what, const Secret& code, Deadline deadline);
    Result<Secret> raw(const char* what, BytesView code, Deadline deadline);
    Result<void> say(BytesView bytes, Deadline deadline);
    void slower();
    /// Until these words came; what came before them is dropped.
    Result<void> expect(const char* what, std::string_view words, Deadline until);
    Result<std::size_t> hear(Secret& into, std::size_t size, Deadline until);

    Link& m_link;
    bool m_in = false;
    std::chrono::milliseconds m_pause{6};  ///< between two pieces of what is written
};

}  // namespace keystamp::flashing::micropython
