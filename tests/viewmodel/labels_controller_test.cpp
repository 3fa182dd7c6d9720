// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/labels_controller.h"

#include <gtest/gtest.h>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

TEST(LabelsController, SaysWhatIsWrongWhatToDoAndHowManyLabelsWaitForAsLongAsItIsSo) {
    LabelsController labels;
    EXPECT_TRUE(labels.trouble().isEmpty());
    labels.show({{"a-1", "a-2"}, Error{ErrorCode::PrinterOff, "tcp:10.0.0.7"}, {}});
    EXPECT_EQ(labels.trouble(), lineOf(ErrorCode::PrinterOff) + QStringLiteral(" Labels that wait: 2."));
    labels.show({{}, Error{ErrorCode::PrinterEmpty, {}}, {}});
    EXPECT_EQ(labels.trouble(), lineOf(ErrorCode::PrinterEmpty));
    labels.show({{"a-1"}, {}, {}});
    EXPECT_TRUE(labels.trouble().isEmpty()) << "a label on its way is no trouble";
}

TEST(LabelsController, NamesTheUnitOfWhichTwoLabelsMayBeOut) {
    LabelsController labels;
    labels.show({{}, {}, "a-1"});
    EXPECT_TRUE(labels.twice().contains(QStringLiteral("a-1")));
    labels.show({});
    EXPECT_TRUE(labels.twice().isEmpty());
}

}  // namespace
}  // namespace keystamp::viewmodel
