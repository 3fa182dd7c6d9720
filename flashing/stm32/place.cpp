// SPDX-License-Identifier: Apache-2.0
#include "flashing/stm32/place.h"

#include <fmt/format.h>

#include <bit>
#include <utility>

#include "flashing/options.h"
#include "flashing/stm32/page.h"
#include "flashing/stm32/protocol.h"

namespace keystamp::flashing::stm32 {
namespace {

constexpr std::uint32_t kFlashEnd = 0x08400000;  ///< of the largest
constexpr std::uint32_t kPagesMost = 8;

Result<void> takeNumber(Place& place, const std::string& key, std::uint32_t number) {
    const std::pair<std::string_view, std::optional<std::uint32_t>*> optional[] = {
        {"page_size", &place.pageSize}, {"erase", &place.erase}, {"uid", &place.uid}};
    for (const auto& [name, into] : optional) {
        if (key == name) *into = number;
    }
    if (key == "go") place.go = number;
    if (key == "pages") {
        place.pages = number;
        if (number == 0 || number > kPagesMost) return badOption(key, fmt::format("is from 1 to {}", kPagesMost));
    }
    if (key == "page") {
        place.page = number;
        // page 0 is where the chip starts from
        if (number <= kFlash || number >= kFlashEnd) return badOption(key, "is an address in flash behind its first page, 0x0801F800");
    }
    if (key == "page_size" && (!std::has_single_bit(number) || number < kPageLeast || number > kPageMost)) {
        return badOption(key, "is a power of two from 0x200 to 0x8000");
    }
    return {};
}

}  // namespace

Result<Place> Place::of(const DriverOptions& options) {
    Place place;
    for (const auto& [key, value] : options) {
        if (key == "parity") {
            place.parity = value == "none" ? Parity::None : Parity::Even;
            if (value != "none" && value != "even") return badOption(key, "is even, or none where an adapter or a server cannot do that");
        } else if (key == "entry") {
            place.entry = value == "rts-resets" ? Entry::RtsResets : value == "dtr-resets" ? Entry::DtrResets : Entry::ByHand;
            if (place.entry == Entry::ByHand && value != "by-hand") return badOption(key, "is by-hand, rts-resets or dtr-resets");
        } else if (key == "page" || key == "pages" || key == "page_size" || key == "erase" || key == "uid" || key == "go") {
            const auto number = optionNumber(value);
            if (!number) return badOption(key, "is a number, 4096 or 0x1000");
            if (auto taken = takeNumber(place, key, *number); !taken) return taken.error();
        } else {
            return badOption(key, "is not a key here");
        }
    }
    if (place.page == 0) return badOption("page", "is missing: the address of the flash page that the product's firmware keeps for its identity");
    if (place.page % place.pageSize.value_or(kPageLeast) != 0) return badOption("page", "does not begin a page");
    return place;
}

}  // namespace keystamp::flashing::stm32
