// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_keys.h"

#include <fmt/format.h>
#include <linux/input-event-codes.h>

#include <algorithm>
#include <array>

#include "station/workflow/gs1.h"
#include "station/workflow/scan_text.h"

namespace keystamp::workflow {
namespace {

constexpr std::size_t kLongest = 512;

struct Key {
    unsigned code;
    char plain, shifted;
};

constexpr std::array kKeys{
    Key{KEY_1, '1', '!'},          Key{KEY_2, '2', '@'},          Key{KEY_3, '3', '#'},         Key{KEY_4, '4', '$'},
    Key{KEY_5, '5', '%'},          Key{KEY_6, '6', '^'},          Key{KEY_7, '7', '&'},         Key{KEY_8, '8', '*'},
    Key{KEY_9, '9', '('},          Key{KEY_0, '0', ')'},          Key{KEY_MINUS, '-', '_'},     Key{KEY_EQUAL, '=', '+'},
    Key{KEY_Q, 'q', 'Q'},          Key{KEY_W, 'w', 'W'},          Key{KEY_E, 'e', 'E'},         Key{KEY_R, 'r', 'R'},
    Key{KEY_T, 't', 'T'},          Key{KEY_Y, 'y', 'Y'},          Key{KEY_U, 'u', 'U'},         Key{KEY_I, 'i', 'I'},
    Key{KEY_O, 'o', 'O'},          Key{KEY_P, 'p', 'P'},          Key{KEY_LEFTBRACE, '[', '{'}, Key{KEY_RIGHTBRACE, ']', '}'},
    Key{KEY_A, 'a', 'A'},          Key{KEY_S, 's', 'S'},          Key{KEY_D, 'd', 'D'},         Key{KEY_F, 'f', 'F'},
    Key{KEY_G, 'g', 'G'},          Key{KEY_H, 'h', 'H'},          Key{KEY_J, 'j', 'J'},         Key{KEY_K, 'k', 'K'},
    Key{KEY_L, 'l', 'L'},          Key{KEY_SEMICOLON, ';', ':'},  Key{KEY_APOSTROPHE, '\'', '"'}, Key{KEY_GRAVE, '`', '~'},
    Key{KEY_BACKSLASH, '\\', '|'}, Key{KEY_Z, 'z', 'Z'},          Key{KEY_X, 'x', 'X'},         Key{KEY_C, 'c', 'C'},
    Key{KEY_V, 'v', 'V'},          Key{KEY_B, 'b', 'B'},          Key{KEY_N, 'n', 'N'},         Key{KEY_M, 'm', 'M'},
    Key{KEY_COMMA, ',', '<'},      Key{KEY_DOT, '.', '>'},        Key{KEY_SLASH, '/', '?'},     Key{KEY_SPACE, ' ', ' '},
    Key{KEY_KP0, '0', '0'},        Key{KEY_KP1, '1', '1'},        Key{KEY_KP2, '2', '2'},       Key{KEY_KP3, '3', '3'},
    Key{KEY_KP4, '4', '4'},        Key{KEY_KP5, '5', '5'},        Key{KEY_KP6, '6', '6'},       Key{KEY_KP7, '7', '7'},
    Key{KEY_KP8, '8', '8'},        Key{KEY_KP9, '9', '9'},        Key{KEY_KPMINUS, '-', '-'},   Key{KEY_KPPLUS, '+', '+'},
    Key{KEY_KPDOT, '.', '.'},      Key{KEY_KPSLASH, '/', '/'},    Key{KEY_KPASTERISK, '*', '*'},
};

void hold(int& count, int value) {
    if (value == 1) ++count;
    if (value == 0 && count > 0) --count;
}

}  // namespace

std::optional<Scanned> ScanKeys::take(unsigned code, int value) {
    switch (code) {
        case KEY_LEFTSHIFT:
        case KEY_RIGHTSHIFT:
            hold(m_shifts, value);
            return std::nullopt;
        case KEY_LEFTCTRL:
        case KEY_RIGHTCTRL:
            hold(m_controls, value);
            return std::nullopt;
        case KEY_LEFTALT:
        case KEY_RIGHTALT:
        case KEY_LEFTMETA:
        case KEY_RIGHTMETA:
            hold(m_others, value);
            return std::nullopt;
        case KEY_NUMLOCK:  // lights, which some scanners set right before they type
        case KEY_CAPSLOCK:
        case KEY_SCROLLLOCK:
            return std::nullopt;
        case KEY_ENTER:
        case KEY_KPENTER:
        case KEY_TAB: {
            if (value != 1) return std::nullopt;
            std::string scan = std::exchange(m_open, {});
            if (auto damage = std::exchange(m_damage, std::nullopt)) return Scanned{*std::move(damage)};
            if (scan.empty()) return std::nullopt;
            return Scanned{std::move(scan)};
        }
        default:
            break;
    }
    if (value != 1) return std::nullopt;
    const auto key = std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& each) { return each.code == code; });
    if (m_controls > 0 && code == KEY_RIGHTBRACE) {
        m_open += kGs;
    } else if (key == kKeys.end() || m_controls > 0 || m_others > 0) {
        m_damage = Error{ErrorCode::BadScan, fmt::format("key {} is on no label; set the scanner to a US keyboard without Alt codes", code)};
    } else {
        m_open += m_shifts > 0 ? key->shifted : key->plain;
    }
    if (m_open.size() > kLongest) {
        m_damage = Error{ErrorCode::BadScan, "it is longer than any label"};
        m_open.clear();
    }
    return std::nullopt;
}

void ScanKeys::lost() {
    m_damage = Error{ErrorCode::BadScan, "keys were lost"};
    m_shifts = m_controls = m_others = 0;
}

std::optional<Error> ScanKeys::silence() {
    const std::string scan = std::exchange(m_open, {});
    auto damage = std::exchange(m_damage, std::nullopt);
    m_shifts = m_controls = m_others = 0;
    if (damage) return damage;
    if (scan.empty()) return std::nullopt;
    return Error{ErrorCode::ScanCut, "\"" + visible(scan) + "\" came without an end"};
}

}  // namespace keystamp::workflow
