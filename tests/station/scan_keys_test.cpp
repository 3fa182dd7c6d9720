// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scan_keys.h"

#include <gtest/gtest.h>

#include "station/workflow/scan_format.h"
#include "tests/support/event_stream.h"

namespace keystamp::workflow {
namespace {

/// What a recording says, a text or the reason of each.
std::vector<std::string> played(const std::string& recording) {
    std::vector<std::string> scans;
    ScanKeys keys;
    for (const input_event& event : test::eventsOf(recording)) {
        if (event.type != EV_KEY) continue;
        const auto scan = keys.take(event.code, event.value);
        if (scan) scans.push_back(*scan ? **scan : std::string{name(scan->error().code)});
    }
    EXPECT_FALSE(keys.silence());
    return scans;
}

using Texts = std::vector<std::string>;

TEST(ScanKeys, AUsKeyboardsKeysAreTheCharactersOfTheLabel) {
    const auto scans = played("us-data-matrix");
    EXPECT_EQ(scans, (Texts{"]d2010950110153000321aC-17\x1d" "10LOT/4", "]C0SN_\"4711\"~{x}|\\'`^"}));
    ScanFormat format;
    format.take = "{21}";
    EXPECT_EQ(readScan(scans.at(0), format).text, "aC-17");
}

TEST(ScanKeys, LightsAndHeldKeysChangeNothingAndTabEndsAScan) { EXPECT_EQ(played("held-and-lights"), Texts{"SN-4710"}); }

TEST(ScanKeys, AltCodesAreRefusedAndCostNoMoreThanTheirScan) { EXPECT_EQ(played("alt-codes"), (Texts{"bad-scan", "SN-2"})); }

TEST(ScanKeys, ScansThatAreLostCutOrEndlessCostThemselvesAlone) {
    ScanKeys keys;
    const auto press = [&](unsigned code) { return keys.take(code, 1); };
    press(KEY_A);
    keys.lost();
    press(KEY_B);
    EXPECT_EQ(press(KEY_ENTER)->error().code, ErrorCode::BadScan) << "keys were lost";
    press(KEY_A);
    EXPECT_EQ(keys.silence()->code, ErrorCode::ScanCut);
    EXPECT_FALSE(keys.silence());
    for (int n = 0; n < 100'000; ++n) press(KEY_A);
    EXPECT_EQ(press(KEY_ENTER)->error().code, ErrorCode::BadScan);
    press(KEY_B);
    EXPECT_EQ(**press(KEY_ENTER), "b");
    EXPECT_FALSE(press(KEY_ENTER)) << "nothing came before";
}

}  // namespace
}  // namespace keystamp::workflow
