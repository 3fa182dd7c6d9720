// SPDX-License-Identifier: Apache-2.0
#include "core/der.h"

#include <gtest/gtest.h>

namespace keystamp {
namespace {

TEST(DerReader, TakesElementsOneAfterAnother) {
    const Bytes bytes = *fromHex("0201053003020107");
    der::Reader reader{bytes};
    EXPECT_FALSE(reader.next(der::kSequence)) << "another tag is no step forward";
    const auto integer = reader.next(der::kInteger);
    ASSERT_TRUE(integer);
    EXPECT_EQ(toHex(integer->content), "05");
    const auto sequence = reader.next(der::kSequence);
    ASSERT_TRUE(sequence);
    EXPECT_EQ(toHex(sequence->whole), "3003020107");
    EXPECT_TRUE(reader.atEnd());
    EXPECT_FALSE(reader.next());
}

TEST(DerReader, NeverReadsPastTheEnd) {
    const Bytes whole = *fromHex("3081800102");
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        EXPECT_FALSE(der::Reader{BytesView{whole}.first(size)}.next()) << size;
        EXPECT_FALSE((der::Reader{BytesView{whole}.first(size), der::Lengths::Any}.next())) << size;
    }
}

TEST(DerReader, LongerLengthsThanNeededAreTakenOnlyWhereAskedFor) {
    const Bytes bytes = *fromHex("02810105");
    EXPECT_FALSE(der::Reader{bytes}.next());
    EXPECT_TRUE((der::Reader{bytes, der::Lengths::Any}.next()));
    const Bytes indefinite = *fromHex("0280050000");
    EXPECT_FALSE((der::Reader{indefinite, der::Lengths::Any}.next())) << "an indefinite length is BER";
}

}  // namespace
}  // namespace keystamp
