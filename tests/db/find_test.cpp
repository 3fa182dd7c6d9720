// SPDX-License-Identifier: Apache-2.0
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

std::vector<std::string> found(TestJournal& journal, const std::string& text) {
    std::vector<std::string> ids;
    for (const DeviceId& id : must(journal->find(text))) ids.push_back(id.text());
    return ids;
}

using Ids = std::vector<std::string>;

TEST(Find, ADeviceIsFoundByWhateverOneHasInHand) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto other = journal.recorded("b", "other");
    const auto unit = journal.recorded("b", "one");
    const Ids expected{unit.id.text()};
    EXPECT_EQ(found(journal, "B-0002"), expected) << "its ID, in any case";
    EXPECT_EQ(found(journal, "sn-one"), expected) << "its label";
    EXPECT_EQ(found(journal, toHex(unit.uid)), expected) << "its board";
    EXPECT_EQ(found(journal, toHexUpper(sha1(unit.certificate))), expected) << "as IoT Central shows it";
    const std::string print = toHex(sha256(BytesView{unit.certificate}));
    EXPECT_EQ(found(journal, print), expected);
    std::string colons;
    for (std::size_t i = 0; i < print.size(); i += 2) colons += (i == 0 ? "" : ":") + print.substr(i, 2);
    EXPECT_EQ(found(journal, colons), expected) << "as openssl shows it";
}

TEST(Find, AVoidUnitsBoardAndCertificateAreFoundToo) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    const auto unit = journal.recorded("b", "one");
    must(journal->voidUnit(unit.number, "reworked", "erika"));
    EXPECT_EQ(found(journal, toHex(unit.uid)), Ids{unit.id.text()});
    EXPECT_EQ(found(journal, toHexUpper(sha1(unit.certificate))), Ids{unit.id.text()});
}

TEST(Find, ABoardThatHadSeveralIdsNamesTheNewestFirst) {
    TestJournal journal;
    journal.patternBatch("a", Mode::X509, 10);
    journal.patternBatch("b", Mode::X509, 10);
    const auto first = journal.recorded("a", "one");
    must(journal->voidUnit(first.number, "moved", "erika"));
    journal.recorded("b", "one");
    EXPECT_EQ(found(journal, toHex(first.uid)), (Ids{"b-0001", "a-0001"}));
}

TEST(Find, WhatNobodyHasIsNotFound) {
    TestJournal journal;
    journal.patternBatch("b", Mode::X509, 10);
    journal.recorded("b", "one");
    for (const char* text : {"", "b-0002", "sn-two", "00", "%", "no hexadecimal", "da39a3ee5e6b4b0d3255bfef95601890afd80709"}) {
        EXPECT_EQ(found(journal, text), Ids{}) << text;
    }
}

}  // namespace
}  // namespace keystamp::test
