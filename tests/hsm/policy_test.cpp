// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/policy.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hsm/signer/pin_keeper.h"

namespace keystamp::hsm {
namespace {

DeviceId device(const std::string& text) { return std::move(DeviceId::parse(text)).value(); }

Grant patternGrant() {
    Grant grant;
    grant.batch = "b1";
    grant.cap = 3;
    grant.pattern = "b1-{seq:04}";
    grant.first = 5;
    grant.last = 9;
    return grant;
}

TEST(Grants, AWellFormedOneIsTaken) {
    EXPECT_TRUE(checkGrant(patternGrant()));
    Grant listed;
    listed.batch = "b1";
    listed.cap = 1;
    listed.ids = {device("a"), device("b")};
    EXPECT_TRUE(checkGrant(listed));
}

TEST(Grants, EachWayToBeMalformedIsRefused) {
    const auto refused = [](const auto& change) {
        Grant grant = patternGrant();
        change(grant);
        return !checkGrant(grant).ok();
    };
    EXPECT_TRUE(refused([](Grant& grant) { grant.batch.clear(); }));
    EXPECT_TRUE(refused([](Grant& grant) { grant.cap = 0; }));
    EXPECT_TRUE(refused([](Grant& grant) { grant.cap = ~std::uint64_t{0}; }));
    EXPECT_TRUE(refused([](Grant& grant) { grant.pattern = "no number"; }));
    EXPECT_TRUE(refused([](Grant& grant) { grant.first = 10; }));
    EXPECT_TRUE(refused([](Grant& grant) { grant.last = ~std::uint64_t{0}; }));
    EXPECT_TRUE(refused([](Grant& grant) { grant.pattern.clear(); }));
    EXPECT_TRUE(refused([](Grant& grant) { grant.ids = {device("a")}; }));
    EXPECT_TRUE(refused([](Grant& grant) {
        grant.pattern.clear();
        grant.first = grant.last = 0;
        grant.ids = {device("a"), device("b"), device("a")};
    }));
}

TEST(Grants, APatternCoversItsRangeAndNothingElse) {
    EXPECT_TRUE(patternCovers("b1-{seq:04}", 5, 9, device("b1-0005")));
    EXPECT_TRUE(patternCovers("b1-{seq:04}", 5, 9, device("b1-0009")));
    for (const char* id : {"b1-0004", "b1-0010", "b1-5", "b1-00005", "b2-0005", "b1-000a"}) {
        EXPECT_FALSE(patternCovers("b1-{seq:04}", 5, 9, device(id))) << id;
    }
}

class Manifests : public testing::Test {
protected:
    Manifests() {
        m_last = SignedCheckpoint{{"line-1", 3, sha256("root")}, {}};
        m_good = {{"format", 1},
                  {"batch", "b1"},
                  {"checkpoint", {{"origin", "line-1"}, {"size", 3}, {"root", toBase64(sha256("root"))}}},
                  {"files", {{"units.csv", std::string(64, 'a')}, {"ca-chain.pem", std::string(64, '0')}}}};
    }
    ErrorCode refusal(const std::string& text) const {
        const auto checked = checkManifest(text, m_last);
        EXPECT_FALSE(checked) << text;
        return checked ? ErrorCode::Internal : checked.error().code;
    }
    std::optional<SignedCheckpoint> m_last;
    nlohmann::json m_good;
};

TEST_F(Manifests, OneThatNamesTheLastCheckpointIsTaken) {
    EXPECT_TRUE(checkManifest(m_good.dump(), m_last));
    EXPECT_TRUE(checkManifest(m_good.dump(2) + "\n", m_last));
    m_good["counts"] = {{"recorded", 3}};
    EXPECT_TRUE(checkManifest(m_good.dump(), m_last));
}

TEST_F(Manifests, AnotherCheckpointIsAlteredRecords) {
    const nlohmann::json others{{"origin", "line-2"}, {"size", 4}, {"root", toBase64(sha256("other"))}};
    for (const auto& [key, value] : others.items()) {
        auto manifest = m_good;
        manifest["checkpoint"][key] = value;
        EXPECT_EQ(refusal(manifest.dump()), ErrorCode::RecordsAltered) << key;
    }
    EXPECT_EQ(checkManifest(m_good.dump(), std::nullopt).error().code, ErrorCode::RecordsAltered);
}

TEST_F(Manifests, WhatIsNoStrictManifestIsRefused) {
    std::vector<std::string> texts{"", "text", "[]", "1", m_good.dump() + "x", m_good.dump() + m_good.dump(), "// c\n" + m_good.dump()};
    std::string twice = m_good.dump();
    twice.insert(1, "\"format\":1,");
    texts.push_back(twice);
    std::string deepTwice = m_good.dump();
    deepTwice.insert(deepTwice.find("\"size\""), "\"size\":3,");
    texts.push_back(deepTwice);
    for (const char* key : {"format", "batch", "checkpoint", "files"}) {
        auto manifest = m_good;
        manifest.erase(key);
        texts.push_back(manifest.dump());
        manifest[key] = 7.5;
        texts.push_back(manifest.dump());
    }
    for (const char* file : {"../units.csv", "/etc/passwd", ".", ".hidden", "a/b", "", "a\nb", "a\\b", "a\x7f"}) {
        auto manifest = m_good;
        manifest["files"][file] = std::string(64, 'a');
        texts.push_back(manifest.dump());
    }
    auto manifest = m_good;
    manifest["files"]["units.csv"] = "short";
    texts.push_back(manifest.dump());
    // the library's parser stops at a NUL and passes over a mark at the front: what stands there would be signed unread
    texts.push_back(m_good.dump() + std::string(1, '\0') + "unread");
    texts.push_back(std::string(1, '\0') + m_good.dump());
    texts.push_back("\xef\xbb\xbf" + m_good.dump());
    for (const std::string& text : texts) EXPECT_EQ(refusal(text), ErrorCode::SignerRefused) << text;
}

TEST(Pins, AnEnteredOneIsGivenOnceUntilAWorkerCallsItRight) {
    ASSERT_TRUE(openSecureHeap());
    PinKeeper pin;
    EXPECT_FALSE(pin.next());
    pin.keep(Secret::copyOf("1234"), PinKeeper::From::Person);
    EXPECT_TRUE(pin.next());
    EXPECT_FALSE(pin.next()) << "the worker that had it died without a word";
    pin.right(Secret::copyOf("1234"));
    EXPECT_TRUE(pin.next());
    EXPECT_TRUE(pin.next());
    pin.bad();
    EXPECT_FALSE(pin.next());
}

}  // namespace
}  // namespace keystamp::hsm
