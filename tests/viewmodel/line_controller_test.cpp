// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/line_controller.h"

#include <gtest/gtest.h>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

TEST(LineController, StoppedWhileItsLineIsMadeItTakesNoScans) {
    test::SupervisedStation supervised;
    Background background;
    LineController line{background};
    line.begin(supervised.station, QStringLiteral("order"));
    line.stop();
    bool after = false;
    background.run(&line, [] { return true; }, [&](bool) { after = true; });
    ASSERT_TRUE(test::comes([&] { return after; }));
    line.scan(QStringLiteral("SN-1"));
    EXPECT_EQ(line.answer(), LineController::Nothing) << qPrintable(line.said());
    background.finish();
}

}  // namespace
}  // namespace keystamp::viewmodel
