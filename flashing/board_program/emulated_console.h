// SPDX-License-Identifier: Apache-2.0
// What the consoles of boards have in common: lines that are typed, an echo, a prompt, an input buffer that overruns. A board with its
// identity leaves, and the next of --feed comes, when its link closes: nothing on these consoles says that a station is done.
#pragma once

#include <string>

#include "flashing/board_program/emulated_board.h"

namespace keystamp::flashing::board_program {

class EmulatedConsole : public EmulatedBoard {
public:
    Effect input(BytesView bytes, Bytes& out) override;
    bool finished() const override { return false; }
    bool condemned() const override { return !identity().empty(); }

protected:
    struct Manner {
        std::string prompt;
        std::size_t room = 0;    ///< of the input buffer; what comes at once beyond it is lost. 0: it is emptied as fast as it fills
        bool quotedLines = false;  ///< a line does not end between quotes
        bool colours = false;
    };
    explicit EmulatedConsole(Manner manner) : m_manner(std::move(manner)) {}

    /// Does it, and says what comes of it; without the prompt.
    virtual std::string answer(const std::string& line) = 0;
    /// Whether what is typed comes back, and as what.
    virtual char echoOf(const std::string& before, char typed) const { return static_cast<void>(before), typed; }
    virtual bool echoes() const { return true; }
    /// Whose it is, once it holds all of an identity; else empty.
    virtual std::string identity() const = 0;

    Manner m_manner;

private:
    void type(char each, std::string& said);

    std::string m_line;
    bool m_quoted = false;
};

/// Words of a line as the DevKit SDK's consoles take them apart; nothing where a quote is not closed.
Result<std::vector<std::string>> wordsOf(const std::string& line);

// One a file: console programs of makers, after their published source.
Result<std::unique_ptr<EmulatedBoard>> makeAz3166(BoardMake make);
Result<std::unique_ptr<EmulatedBoard>> makeWioTerminal(BoardMake make);
Result<std::unique_ptr<EmulatedBoard>> makeNrf91(BoardMake make);
Result<std::unique_ptr<EmulatedBoard>> makeZephyrCred(BoardMake make);

}  // namespace keystamp::flashing::board_program
