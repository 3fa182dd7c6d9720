// SPDX-License-Identifier: Apache-2.0
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using Numbers = std::vector<std::uint64_t>;

Numbers found(TestJournal& journal, const db::AuditSearch& search) {
    Numbers numbers;
    for (const auto& row : must(journal->searchAudit(search)).rows) numbers.push_back(row.number);
    return numbers;
}

TEST(AuditSearch, TheNewestRowsComeFirstAndThenOlderOnes) {
    TestJournal journal;
    for (int n = 1; n <= 5; ++n) must(journal->audit("note", R"({"text":"row"})"));
    EXPECT_EQ(found(journal, {.most = 2}), (Numbers{5, 4}));
    EXPECT_EQ(found(journal, {.before = 4, .most = 2}), (Numbers{3, 2}));
    const auto rest = must(journal->searchAudit({.before = 2}));
    ASSERT_EQ(rest.rows.size(), 1U);
    EXPECT_EQ(rest.lookedTo, 1U) << "there is nothing before it";
}

TEST(AuditSearch, OnlyTheKindsThatAreMeantAndTheTextThatIsLookedFor) {
    TestJournal journal;
    must(journal->audit("apple", R"({"text":"one"})"));
    must(journal->audit("pear", R"({"text":"two"})"));
    must(journal->audit("plum", R"({"text":"one"})"));
    EXPECT_EQ(found(journal, {.kinds = {"apple", "pear"}}), (Numbers{2, 1}));
    EXPECT_EQ(found(journal, {.text = "one"}), (Numbers{3, 1}));
    EXPECT_EQ(found(journal, {.kinds = {"plum"}, .text = "two"}), (Numbers{}));
}

TEST(AuditSearch, AValueThatLooksLikeAKindIsNone) {
    TestJournal journal;
    must(journal->audit("note", R"({"text":"\"kind\":\"issue\""})"));
    EXPECT_EQ(found(journal, {.kinds = {"issue"}}), (Numbers{}));
}

}  // namespace
}  // namespace keystamp::test
