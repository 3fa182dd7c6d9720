// SPDX-License-Identifier: Apache-2.0
// Zephyr's shell with its TLS credentials. Source: zephyrproject-rtos/zephyr, tls_credentials_shell.c and hwinfo_shell.c.
#include <fmt/format.h>

#include <array>
#include <map>

#include "flashing/board_program/emulated_console.h"

namespace keystamp::flashing::board_program {
namespace {

constexpr std::size_t kBuffer = 4096;  ///< TLS_CREDENTIALS_SHELL_CRED_BUF_SIZE
constexpr std::size_t kWidth = 32;     ///< TLS_CREDENTIALS_SHELL_CRED_OUTPUT_WIDTH
constexpr std::array<std::string_view, 5> kTypes{"CA", "SERV", "PK", "PSK", "PSK_ID"};

class ZephyrCred : public EmulatedConsole {
public:
    explicit ZephyrCred(const BoardMake& make)
        : EmulatedConsole({"uart:~$ ", 0, false, true}), m_uid(toHex(BytesView{sha256(make.uid)}.first(8))) {}

private:
    using Place = std::pair<std::string, std::string>;  ///< security tag, type

    bool echoes() const override { return m_echo; }

    std::string answer(const std::string& line) override {
        const auto parsed = wordsOf(line);
        const std::vector<std::string> words = parsed ? *parsed : std::vector<std::string>{};
        if (words.empty()) return "";
        if (words[0] == "shell" && words.size() == 3) {
            (words[1] == "echo" ? m_echo : m_manner.colours) = words[2] == "on";
            return "";
        }
        if (line == "hwinfo devid") return "Length: 8\r\nID: 0x" + m_uid + "\r\n";
        if (line == "kernel version") return "Zephyr version 3.7.0\r\n";
        if (words[0] == "cred" && words.size() > 1) return credentials({words.begin() + 1, words.end()});
        return words[0] + ": command not found\r\n";
    }

    std::string credentials(const std::vector<std::string>& words) {
        const std::string& command = words[0];
        if (command == "buf" && words.size() == 2) return buffer(words[1]);
        if (command == "list") return list(words.size() > 1 ? words[1] : "any");
        if (words.size() < 3 || std::find(kTypes.begin(), kTypes.end(), words[2]) == kTypes.end()) return "wrong parameter count\r\n";
        const Place place{words[1], words[2]};
        const auto held = m_held.find(place);
        if (command == "add") return add(words, place);
        if (held == m_held.end()) return fmt::format("There is no TLS credential with sectag {} and type {}.\r\n", place.first, place.second);
        if (command == "del") return m_held.erase(held), fmt::format("Deleted TLS credential with sectag {} and type {}.\r\n", place.first, place.second);
        if (command == "get") return fold(held->second);
        return "wrong parameter count\r\n";
    }

    std::string buffer(const std::string& what) {
        if (what == "clear") return m_buffer.clear(), "Credential buffer cleared.\r\n";
        if (m_buffer.size() + what.size() > kBuffer) {
            m_buffer.clear();
            return "Not enough room in credential buffer for provided data. Increase CONFIG_TLS_CREDENTIALS_SHELL_CRED_BUF_SIZE.\r\n";
        }
        m_buffer += what;
        return fmt::format("Stored {} bytes.\r\n", what.size());
    }

    std::string add(const std::vector<std::string>& words, const Place& place) {
        if (words.size() < 5 || words[3] != "default") return "wrong parameter count\r\n";
        std::string data = std::exchange(m_buffer, {});
        if (words.size() == 6) data = words[5];
        if (data.empty()) return "Please provide a credential to add.\r\n";
        if (m_held.contains(place)) return fmt::format("TLS credential with sectag {} and type {} already exists.\r\n", place.first, place.second);
        const std::string& format = words[4];
        if (format.starts_with("bin")) {
            const auto bytes = fromBase64(data);
            if (!bytes) return "Could not decode input from base64, error: -22\r\n";
            data.assign(bytes->begin(), bytes->end());
        }
        if (format.ends_with('t')) data += '\0';
        m_held[place] = data;
        return fmt::format("Added TLS credential of type {}, sectag {}, and length {} bytes.\r\n", place.second, place.first, data.size());
    }

    std::string list(const std::string& tag) const {
        std::string all;
        int count = 0;
        for (const auto& [place, data] : m_held) {
            if (tag != "any" && place.first != tag) continue;
            ++count;
            all += fmt::format("{},{},{},0\r\n", place.first, place.second, toBase64(sha256(data)));
        }
        return all + fmt::format("{} credentials found.\r\n", count);
    }

    static std::string fold(std::string text) {
        if (text.ends_with('\0')) text.pop_back();
        std::string lines;
        for (std::size_t at = 0; at < text.size(); at += kWidth) lines += text.substr(at, kWidth) + "\r\n";
        return lines;
    }

    std::string identity() const override {
        const auto has = [&](std::string_view type) {
            return std::any_of(m_held.begin(), m_held.end(), [&](const auto& each) { return each.first.second == type; });
        };
        return has("PSK_ID") && (has("PSK") || (has("SERV") && has("PK"))) ? m_uid : "";
    }

    const std::string m_uid;
    bool m_echo = true;
    std::string m_buffer;
    std::map<Place, std::string> m_held;
};

}  // namespace

Result<std::unique_ptr<EmulatedBoard>> makeZephyrCred(BoardMake make) { return std::unique_ptr<EmulatedBoard>{std::make_unique<ZephyrCred>(make)}; }

}  // namespace keystamp::flashing::board_program
