// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/keyboard_layout.h"

#include <gtest/gtest.h>

#include <set>

namespace keystamp::workflow {
namespace {

TEST(KeyboardLayout, TheTestCodeItselfIsTheRightOne) {
    const auto found = layoutOf(kTestCode);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->right());
}

// As typed on each by hand, key for key.
TEST(KeyboardLayout, EachIsToldByWhatArrives) {
    EXPECT_EQ(layoutOf("KEZSTAMPßzyaqwm-öÖ?\"1")->layout, "de");
    EXPECT_EQ(layoutOf("KEYSTQ?P)ywqaz,!mM°2&")->layout, "fr");
    EXPECT_EQ(layoutOf("KEYSTAMP'yzaqwm-ñÑ?\"1")->layout, "es");
    EXPECT_EQ(layoutOf("KEYSTAMP-yzaqwm/;:_\"1")->layout, "gb");
    for (const char* layout : {"us", "gb", "de", "ch", "fr", "es", "it", "se"}) {
        const auto found = layoutOf(testCodeOn(layout));
        ASSERT_TRUE(found) << layout;
        EXPECT_EQ(found->layout, layout);
        EXPECT_EQ(found->right(), found->layout == "us");
    }
}

TEST(KeyboardLayout, NoTwoOfThemLookAlike) {
    std::set<std::string> arrived;
    for (const char* layout : {"us", "gb", "de", "ch", "fr", "es", "it", "se"}) EXPECT_TRUE(arrived.insert(testCodeOn(layout)).second) << layout;
}

TEST(KeyboardLayout, CapsLockIsFoundToo) {
    const auto found = layoutOf("keystamp-YZAQWM/;:_@1");
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->capsLock);
    EXPECT_FALSE(found->right());
}

TEST(KeyboardLayout, OneThatIsNotKnownIsToldFromALabel) {
    const auto found = layoutOf("KEYSTAMP=yzaqwm#å*&!1");
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->layout.empty());
    EXPECT_FALSE(found->right());
    EXPECT_FALSE(layoutOf("SN-000000000000000017"));
    EXPECT_FALSE(layoutOf("SN-17"));
    EXPECT_FALSE(layoutOf(""));
}

TEST(KeyboardLayout, TheTestCodeIsADataMatrix) {
    const auto modules = testCodeModules();
    ASSERT_TRUE(modules.ok());
    for (const auto& row : *modules) {
        EXPECT_EQ(row.size(), modules->size()) << "a square";
        EXPECT_EQ(row.front(), '1') << "its solid border";
    }
    EXPECT_EQ(modules->back().find('0'), std::string::npos);
}

}  // namespace
}  // namespace keystamp::workflow
