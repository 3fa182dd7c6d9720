// SPDX-License-Identifier: Apache-2.0
// A modem of Nordic's nRF91 behind an AT client: its credential storage and key generation. Source: Nordic, "nRF91 AT Commands", %CMNG, %KEYGEN.
#include <fmt/format.h>

#include <charconv>
#include <map>

#include "flashing/board_program/emulated_console.h"
#include "flashing/board_program/modem_key.h"

namespace keystamp::flashing::board_program {
namespace {

// of +CME ERROR
constexpr int kNotFound = 513, kNoAccess = 514, kNotAllowedActive = 518;
constexpr std::string_view kCertificate = "1", kPrivateKey = "2", kPsk = "3", kPskId = "4";

class Nrf91 : public EmulatedConsole {
public:
    explicit Nrf91(const BoardMake& make) : EmulatedConsole({"", 0, true, false}) {
        const Digest digest = sha256(make.uid);
        for (std::size_t i = 0; i < 14; ++i) m_imei += static_cast<char>('0' + digest[i] % 10);
        m_imei = "3" + m_imei;
    }

private:
    using Place = std::pair<std::string, std::string>;  ///< security tag, type

    bool echoes() const override { return false; }

    static std::string error(int code) { return fmt::format("+CME ERROR: {}\r\n", code); }

    std::string answer(const std::string& line) override {
        if (line == "AT") return "OK\r\n";
        if (line == "AT+CFUN=4" || line == "AT+CFUN=0") return m_active = false, "OK\r\n";
        if (line == "AT+CFUN=1") return m_active = true, "OK\r\n";
        if (line == "AT+CGSN") return m_imei + "\r\nOK\r\n";
        if (line == "AT+CGMR") return "mfw_nrf91x1_2.0.2\r\nOK\r\n";
        if (line.starts_with("AT%CMNG=")) return storage(parts(line.substr(8)));
        if (line.starts_with("AT%KEYGEN=")) return makeKey(parts(line.substr(10)));
        return line.empty() ? "" : "ERROR\r\n";
    }

    /// At commas outside quotes, which are taken off.
    static std::vector<std::string> parts(const std::string& text) {
        std::vector<std::string> found(1);
        bool quoted = false;
        for (const char each : text) {
            if (each == '"') quoted = !quoted;
            else if (each == ',' && !quoted) found.emplace_back();
            else found.back() += each;
        }
        return found;
    }

    std::string storage(const std::vector<std::string>& given) {
        const std::string& operation = given[0];
        if (operation == "1") return list(given);
        if (given.size() < 3) return "ERROR\r\n";
        const Place place{given[1], given[2]};
        const auto held = m_held.find(place);
        if (m_active && (operation == "0" || operation == "3")) return error(kNotAllowedActive);
        if (operation == "0") {
            if (given.size() < 4 || given[3].empty()) return "ERROR\r\n";
            m_held[place] = given[3];
            return "OK\r\n";
        }
        if (held == m_held.end()) return error(kNotFound);
        if (operation == "3") return m_held.erase(held), "OK\r\n";
        if (operation != "2") return "ERROR\r\n";
        if (place.second == kCertificate || place.second == kPrivateKey || place.second == kPsk) return error(kNoAccess);
        return fmt::format("%CMNG: {},{},\"{}\",\"{}\"\r\n\r\nOK\r\n", place.first, place.second, toHexUpper(sha256(held->second)), held->second);
    }

    std::string list(const std::vector<std::string>& given) const {
        std::string all;
        for (const auto& [place, text] : m_held) {
            if ((given.size() > 1 && place.first != given[1]) || (given.size() > 2 && place.second != given[2])) continue;
            all += fmt::format("%CMNG: {},{},\"{}\"\r\n", place.first, place.second, toHexUpper(sha256(text)));
        }
        return all + (all.empty() ? "" : "\r\n") + "OK\r\n";
    }

    std::string makeKey(const std::vector<std::string>& given) {
        if (m_active) return error(kNotAllowedActive);
        if (given.size() < 3 || given[1] != kPrivateKey || given[2] != "0") return "ERROR\r\n";
        auto& place = m_held[{given[0], std::string{kPrivateKey}}];
        if (!place.empty()) return error(kNoAccess);
        const ModemKey key = makeModemKey(given.size() > 3 && given[3].starts_with("CN=") ? given[3].substr(3) : m_imei);
        place = key.pkcs8;
        // behind the dot: what an nRF91 signs of itself (COSE)
        return "%KEYGEN: \"" + key.csr + ".0oRDoQEmoQRBIVhP2dn3hQlQUDQ5VjA3\"\r\n\r\nOK\r\n";
    }

    std::string identity() const override {
        // by what it can know: a certificate, a key, and a text beside them
        const auto has = [&](std::string_view type) {
            return std::any_of(m_held.begin(), m_held.end(), [&](const auto& each) { return each.first.second == type; });
        };
        return has(kCertificate) && has(kPrivateKey) && has(kPskId) ? m_imei : "";
    }

    std::string m_imei;
    bool m_active = true;
    std::map<Place, std::string> m_held;
};

}  // namespace

Result<std::unique_ptr<EmulatedBoard>> makeNrf91(BoardMake make) { return std::unique_ptr<EmulatedBoard>{std::make_unique<Nrf91>(make)}; }

}  // namespace keystamp::flashing::board_program
