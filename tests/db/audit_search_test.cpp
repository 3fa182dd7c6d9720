// SPDX-License-Identifier: Apache-2.0
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

using Numbers = std::vector<std::uint64_t>;

db::AuditSearch search(std::vector<std::string> kinds, std::string text, std::uint64_t before = 0, std::size_t most = 50) {
    return {std::move(kinds), std::move(text), before, most};
}

Numbers found(TestJournal& journal, const db::AuditSearch& search) {
    Numbers numbers;
    for (const auto& row : must(journal->searchAudit(search)).rows) numbers.push_back(row.number);
    return numbers;
}

TEST(AuditSearch, TheNewestRowsComeFirstAndThenOlderOnes) {
    TestJournal journal;
    for (int n = 1; n <= 5; ++n) must(journal->audit("note", R"({"text":"row"})"));
    EXPECT_EQ(found(journal, search({}, "", 0, 2)), (Numbers{5, 4}));
    EXPECT_EQ(found(journal, search({}, "", 4, 2)), (Numbers{3, 2}));
    const auto rest = must(journal->searchAudit(search({}, "", 2)));
    ASSERT_EQ(rest.rows.size(), 1U);
    EXPECT_EQ(rest.lookedTo, 1U) << "there is nothing before it";
}

TEST(AuditSearch, OnlyTheKindsThatAreMeantAndTheTextThatIsLookedFor) {
    TestJournal journal;
    must(journal->audit("apple", R"({"text":"one"})"));
    must(journal->audit("pear", R"({"text":"two"})"));
    must(journal->audit("plum", R"({"text":"one"})"));
    EXPECT_EQ(found(journal, search({"apple", "pear"}, "")), (Numbers{2, 1}));
    EXPECT_EQ(found(journal, search({}, "one")), (Numbers{3, 1}));
    EXPECT_EQ(found(journal, search({"plum"}, "two")), (Numbers{}));
}

TEST(AuditSearch, AValueThatLooksLikeAKindIsNone) {
    TestJournal journal;
    must(journal->audit("note", R"({"text":"\"kind\":\"issue\""})"));
    EXPECT_EQ(found(journal, search({"issue"}, "")), (Numbers{}));
}

}  // namespace
}  // namespace keystamp::test
