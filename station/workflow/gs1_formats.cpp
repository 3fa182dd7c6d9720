// SPDX-License-Identifier: Apache-2.0
// Every application identifier and what its data looks like: GS1 General Specifications, figure 3.2-1.
#include <algorithm>
#include <array>
#include <charconv>

#include "station/workflow/gs1.h"

namespace keystamp::workflow {
namespace {

struct Row {
    std::size_t length;  ///< of the identifier
    int first, last;
    Gs1Format format;
};

// 31xx to 36xx: the fourth digit says where the decimal point stands, 0 to 5.
constexpr std::array kRows{
    Row{2, 0, 0, {true, 18, 18, 18, 18, 'N'}},
    Row{2, 1, 3, {true, 14, 14, 14, 14, 'N'}},
    Row{2, 10, 10, {false, 0, 1, 20, 0, 'X'}},
    Row{2, 11, 13, {true, 6, 6, 6, 0, 'N'}},
    Row{2, 15, 17, {true, 6, 6, 6, 0, 'N'}},
    Row{2, 20, 20, {true, 2, 2, 2, 0, 'N'}},
    Row{2, 21, 22, {false, 0, 1, 20, 0, 'X'}},
    Row{3, 235, 235, {false, 0, 1, 28, 0, 'X'}},
    Row{3, 240, 241, {false, 0, 1, 30, 0, 'X'}},
    Row{3, 242, 242, {false, 6, 1, 6, 0, 'N'}},
    Row{3, 243, 243, {false, 0, 1, 20, 0, 'X'}},
    Row{3, 250, 251, {false, 0, 1, 30, 0, 'X'}},
    Row{3, 253, 253, {false, 13, 13, 30, 13, 'X'}},
    Row{3, 254, 254, {false, 0, 1, 20, 0, 'X'}},
    Row{3, 255, 255, {false, 25, 13, 25, 13, 'N'}},
    Row{2, 30, 30, {false, 8, 1, 8, 0, 'N'}},
    Row{4, 3100, 3169, {true, 6, 6, 6, 0, 'N'}},
    Row{4, 3200, 3379, {true, 6, 6, 6, 0, 'N'}},
    Row{4, 3400, 3579, {true, 6, 6, 6, 0, 'N'}},
    Row{4, 3600, 3699, {true, 6, 6, 6, 0, 'N'}},
    Row{2, 37, 37, {false, 8, 1, 8, 0, 'N'}},
    Row{4, 3900, 3909, {false, 15, 1, 15, 0, 'N'}},
    Row{4, 3910, 3919, {false, 18, 4, 18, 0, 'N'}},
    Row{4, 3920, 3929, {false, 15, 1, 15, 0, 'N'}},
    Row{4, 3930, 3939, {false, 18, 4, 18, 0, 'N'}},
    Row{4, 3940, 3943, {false, 4, 4, 4, 0, 'N'}},
    Row{4, 3950, 3955, {false, 6, 6, 6, 0, 'N'}},
    Row{3, 400, 401, {false, 0, 1, 30, 0, 'X'}},
    Row{3, 402, 402, {false, 17, 17, 17, 17, 'N'}},
    Row{3, 403, 403, {false, 0, 1, 30, 0, 'X'}},
    Row{3, 410, 417, {true, 13, 13, 13, 13, 'N'}},
    Row{3, 420, 420, {false, 0, 1, 20, 0, 'X'}},
    Row{3, 421, 421, {false, 3, 4, 12, 0, 'X'}},
    Row{3, 422, 422, {false, 3, 3, 3, 0, 'N'}},
    Row{3, 423, 423, {false, 15, 3, 15, 0, 'N'}},
    Row{3, 424, 424, {false, 3, 3, 3, 0, 'N'}},
    Row{3, 425, 425, {false, 15, 3, 15, 0, 'N'}},
    Row{3, 426, 426, {false, 3, 3, 3, 0, 'N'}},
    Row{3, 427, 427, {false, 0, 1, 3, 0, 'X'}},
    Row{4, 4300, 4301, {false, 0, 1, 35, 0, 'X'}},
    Row{4, 4302, 4306, {false, 0, 1, 70, 0, 'X'}},
    Row{4, 4307, 4307, {false, 0, 2, 2, 0, 'X'}},
    Row{4, 4308, 4308, {false, 0, 1, 30, 0, 'X'}},
    Row{4, 4309, 4309, {false, 20, 20, 20, 0, 'N'}},
    Row{4, 4310, 4311, {false, 0, 1, 35, 0, 'X'}},
    Row{4, 4312, 4316, {false, 0, 1, 70, 0, 'X'}},
    Row{4, 4317, 4317, {false, 0, 2, 2, 0, 'X'}},
    Row{4, 4318, 4318, {false, 0, 1, 20, 0, 'X'}},
    Row{4, 4319, 4319, {false, 0, 1, 30, 0, 'X'}},
    Row{4, 4320, 4320, {false, 0, 1, 35, 0, 'X'}},
    Row{4, 4321, 4323, {false, 1, 1, 1, 0, 'N'}},
    Row{4, 4324, 4325, {false, 10, 10, 10, 0, 'N'}},
    Row{4, 4326, 4326, {false, 6, 6, 6, 0, 'N'}},
    Row{4, 4330, 4333, {false, 6, 6, 7, 0, 'X'}},
    Row{4, 7001, 7001, {false, 13, 13, 13, 0, 'N'}},
    Row{4, 7002, 7002, {false, 0, 1, 30, 0, 'X'}},
    Row{4, 7003, 7003, {false, 10, 10, 10, 0, 'N'}},
    Row{4, 7004, 7004, {false, 4, 1, 4, 0, 'N'}},
    Row{4, 7005, 7005, {false, 0, 1, 12, 0, 'X'}},
    Row{4, 7006, 7006, {false, 6, 6, 6, 0, 'N'}},
    Row{4, 7007, 7007, {false, 12, 6, 12, 0, 'N'}},
    Row{4, 7008, 7008, {false, 0, 1, 3, 0, 'X'}},
    Row{4, 7009, 7009, {false, 0, 1, 10, 0, 'X'}},
    Row{4, 7010, 7010, {false, 0, 1, 2, 0, 'X'}},
    Row{4, 7011, 7011, {false, 10, 6, 10, 0, 'N'}},
    Row{4, 7020, 7022, {false, 0, 1, 20, 0, 'X'}},
    Row{4, 7023, 7023, {false, 0, 1, 30, 0, 'X'}},
    Row{4, 7030, 7039, {false, 3, 4, 30, 0, 'X'}},
    Row{4, 7040, 7040, {false, 1, 4, 4, 0, 'X'}},
    Row{4, 7041, 7041, {false, 0, 1, 4, 0, 'X'}},
    Row{3, 710, 717, {false, 0, 1, 20, 0, 'X'}},
    Row{4, 7230, 7239, {false, 0, 3, 30, 0, 'X'}},
    Row{4, 7240, 7240, {false, 0, 1, 20, 0, 'X'}},
    Row{4, 7241, 7241, {false, 2, 2, 2, 0, 'N'}},
    Row{4, 7242, 7242, {false, 0, 1, 25, 0, 'X'}},
    Row{4, 7250, 7250, {false, 8, 8, 8, 0, 'N'}},
    Row{4, 7251, 7251, {false, 12, 12, 12, 0, 'N'}},
    Row{4, 7252, 7252, {false, 1, 1, 1, 0, 'N'}},
    Row{4, 7253, 7254, {false, 0, 1, 40, 0, 'X'}},
    Row{4, 7255, 7255, {false, 0, 1, 10, 0, 'X'}},
    Row{4, 7256, 7256, {false, 0, 1, 90, 0, 'X'}},
    Row{4, 7257, 7257, {false, 0, 1, 70, 0, 'X'}},
    Row{4, 7258, 7258, {false, 0, 3, 3, 0, 'X'}},
    Row{4, 7259, 7259, {false, 0, 1, 40, 0, 'X'}},
    Row{4, 8001, 8001, {false, 14, 14, 14, 0, 'N'}},
    Row{4, 8002, 8002, {false, 0, 1, 20, 0, 'X'}},
    Row{4, 8003, 8003, {false, 14, 14, 30, 14, 'X'}},
    Row{4, 8004, 8004, {false, 0, 1, 30, 0, 'X'}},
    Row{4, 8005, 8005, {false, 6, 6, 6, 0, 'N'}},
    Row{4, 8006, 8006, {false, 18, 18, 18, 14, 'N'}},
    Row{4, 8007, 8007, {false, 0, 1, 34, 0, 'X'}},
    Row{4, 8008, 8008, {false, 12, 8, 12, 0, 'N'}},
    Row{4, 8009, 8009, {false, 0, 1, 50, 0, 'X'}},
    Row{4, 8010, 8010, {false, 0, 1, 30, 0, 'Y'}},
    Row{4, 8011, 8011, {false, 12, 1, 12, 0, 'N'}},
    Row{4, 8012, 8012, {false, 0, 1, 20, 0, 'X'}},
    Row{4, 8013, 8014, {false, 0, 1, 25, 0, 'X'}},
    Row{4, 8017, 8018, {false, 18, 18, 18, 18, 'N'}},
    Row{4, 8019, 8019, {false, 10, 1, 10, 0, 'N'}},
    Row{4, 8020, 8020, {false, 0, 1, 25, 0, 'X'}},
    Row{4, 8026, 8026, {false, 18, 18, 18, 14, 'N'}},
    Row{4, 8030, 8030, {false, 0, 1, 90, 0, 'X'}},
    Row{4, 8040, 8041, {false, 15, 15, 15, 0, 'N'}},
    Row{4, 8042, 8042, {false, 32, 32, 32, 0, 'N'}},
    Row{4, 8043, 8043, {false, 20, 18, 20, 0, 'N'}},
    Row{4, 8110, 8110, {false, 0, 1, 70, 0, 'X'}},
    Row{4, 8111, 8111, {false, 4, 4, 4, 0, 'N'}},
    Row{4, 8112, 8112, {false, 0, 1, 70, 0, 'X'}},
    Row{4, 8200, 8200, {false, 0, 1, 70, 0, 'X'}},
    Row{2, 90, 90, {false, 0, 1, 30, 0, 'X'}},
    Row{2, 91, 99, {false, 0, 1, 90, 0, 'X'}},
};

}  // namespace

const Gs1Format* gs1Format(std::string_view ai) {
    int number = -1;
    const auto read = std::from_chars(ai.data(), ai.data() + ai.size(), number);
    if (read.ec != std::errc{} || read.ptr != ai.data() + ai.size()) return nullptr;
    const auto at = std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) {
        return row.length == ai.size() && row.first <= number && number <= row.last;
    });
    if (at == kRows.end()) return nullptr;
    const bool decimals = ai.size() == 4 && ai.front() == '3' && ai[1] <= '6';
    return decimals && ai.back() > '5' ? nullptr : &at->format;
}

}  // namespace keystamp::workflow
