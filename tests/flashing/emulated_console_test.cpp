// SPDX-License-Identifier: Apache-2.0
// The quirks of the consoles that keystamp-board speaks, as the makers' firmware has them.
#include <gtest/gtest.h>

#include <array>

#include "tests/flashing/board_process.h"

namespace keystamp {
namespace {

using test::BoardProcess;
using test::soon;

class Terminal {
public:
    explicit Terminal(const std::string& driver, std::string prompt) : m_boards({"--driver", driver}), m_prompt(std::move(prompt)) {
        auto link = flashing::openLink(m_boards.link(), soon());
        EXPECT_TRUE(link);
        m_link = *std::move(link);
    }
    /// What comes back up to the prompt.
    std::string say(const std::string& text) {
        EXPECT_TRUE(m_link->write(asBytes(text), soon()));
        std::string said;
        std::array<std::uint8_t, 512> some{};
        while (!said.ends_with(m_prompt)) {
            const auto got = m_link->read(some, soon());
            if (!got) break;
            said.append(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(*got));
        }
        return said;
    }
    /// The echo of so many characters; of all of the text unless told.
    std::string hear(const std::string& text, std::size_t size = 0) {
        EXPECT_TRUE(m_link->write(asBytes(text), soon()));
        std::string said(size == 0 ? text.size() : size, ' ');
        for (std::size_t at = 0; at < said.size();) {
            const auto got = m_link->read({reinterpret_cast<std::uint8_t*>(said.data()) + at, said.size() - at}, soon());
            if (!got) break;
            at += *got;
        }
        return said;
    }

private:
    BoardProcess m_boards;
    std::string m_prompt;
    std::unique_ptr<flashing::Link> m_link;
};

TEST(EmulatedAz3166, CallsARightUdsInvalidAndWritesIt) {
    Terminal board{"az3166", "\r\n# "};
    const std::string said = board.say("set_dps_uds " + std::string(64, 'a') + "\r");
    EXPECT_NE(said.find("Invalid UDS.\r\nINFO: Set DPS UDS successfully.\r\n"), std::string::npos) << said;
    EXPECT_EQ(said.find("aaaa"), std::string::npos) << "of this command it echoes stars";
    EXPECT_NE(said.find("****"), std::string::npos);
}

TEST(EmulatedAz3166, EchoesTheKeyAndHasOneZoneForBothConnectionStrings) {
    Terminal board{"az3166", "\r\n# "};
    const std::string key = toBase64(Bytes(32, 7));
    // paced, as its input buffer wants it
    board.hear("set_az_iotdps \"IdScope=0ne00TEST01;DeviceId=acme-1;");
    EXPECT_NE(board.say("SymmetricKey=" + key + "\"\r").find(key), std::string::npos);
    EXPECT_NE(board.say("exit\r").find("app: acme-1 of 0ne00TEST01"), std::string::npos);
    board.say("set_az_iothub \"HostName=hub\"\r");
    EXPECT_NE(board.say("exit\r").find("app: no identity"), std::string::npos);
}

TEST(EmulatedAz3166, LosesWhatIsTypedFasterThanItIsTaken) {
    Terminal board{"az3166", "\r\n# "};
    const std::string line = "set_az_iotdps \"IdScope=0ne00TEST01;DeviceId=acme-1;SymmetricKey=" + toBase64(Bytes(32, 7)) + ";and=what-is-not-needed\"";
    ASSERT_GT(line.size(), 128U);
    const std::string echo = board.hear(line, 128);
    EXPECT_EQ(echo, line.substr(0, 128));
    EXPECT_NE(board.say("\r").find("Error:Syntax error"), std::string::npos) << "its closing quote is among what is lost";
}

TEST(EmulatedZephyr, NeedsACredentialToBeDeletedBeforeAnother) {
    Terminal board{"zephyr-cred", "uart:~$ \x1b[m"};
    EXPECT_NE(board.say("cred add 1 PSK default str abc\r").find("Added TLS credential"), std::string::npos);
    EXPECT_NE(board.say("cred add 1 PSK default str abd\r").find("already exists"), std::string::npos);
    EXPECT_NE(board.say("cred list 1\r").find("1,PSK," + toBase64(sha256("abc")) + ",0\r\n"), std::string::npos);
}

TEST(EmulatedNrf91, HasTheModemsErrors) {
    Terminal board{"nrf91", "\r\n"};
    EXPECT_EQ(board.say("AT%CMNG=0,1,0,\"x\"\r"), "+CME ERROR: 518\r\n") << "the radio is on";
    EXPECT_EQ(board.say("AT+CFUN=4\r"), "OK\r\n");
    EXPECT_EQ(board.say("AT%CMNG=2,1,1\r"), "+CME ERROR: 513\r\n");
    EXPECT_EQ(board.say("AT%CMNG=0,1,1,\"two\r\nlines\"\r"), "OK\r\n") << "a line does not end between quotes";
    EXPECT_EQ(board.say("AT%CMNG=2,1,1\r"), "+CME ERROR: 514\r\n") << "certificates cannot be read";
    EXPECT_NE(board.say("AT%KEYGEN=1,2,0,\"CN=acme-1\"\r").find("%KEYGEN: \"MI"), std::string::npos);
}

}  // namespace
}  // namespace keystamp
