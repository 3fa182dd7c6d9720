// SPDX-License-Identifier: Apache-2.0
// What the agent does with each request, right and wrong, on whatever it runs.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/flashing/agent_suite.h"
#include "tests/support/crypto.h"

namespace keystamp {
namespace {

using nlohmann::json;
using test::Agent;
using test::bytesOf;
using test::commitOf;
using test::holds;
using test::identityOf;
using test::isBlank;
using test::provision;
using test::sasStream;
using test::Stream;
using test::x509Stream;

bool contains(const Bytes& memory, const Bytes& secret) {
    return std::search(memory.begin(), memory.end(), secret.begin(), secret.end()) != memory.end();
}

TEST_P(Agent, ABlankBoardSaysWhatItIs) {
    const auto info = bench.ask(KS_CMD_INFO);
    ASSERT_TRUE(info);
    EXPECT_EQ((*info)["ver"], 1);
    EXPECT_EQ((*info)["uid"], bytesOf(bench.uid()));
    EXPECT_EQ((*info)["caps"], KS_CAP_KEYGEN | KS_CAP_PROVE);
    EXPECT_EQ((*info)["lock"], false);
    EXPECT_FALSE(info->contains("pend"));
    EXPECT_TRUE(isBlank(bench));
}

TEST_P(Agent, ASasKeyIsHeldAndProvenAlsoAfterARestart) {
    const Stream stream = sasStream("dev-1");
    ASSERT_TRUE(provision(bench, stream));
    EXPECT_TRUE(holds(bench, stream));
    bench.powerCycle();
    EXPECT_TRUE(holds(bench, stream));
}

TEST_P(Agent, AKeyMadeOnTheBoardComesBackAsACsrAndProves) {
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-2"}, {"scope", "0ne00TEST01"}}), 0);
    const auto reply = bench.ask(KS_CMD_KEYGEN);
    ASSERT_TRUE(reply && reply->contains("data"));
    const Bytes csr = (*reply)["data"].get_binary();
    ASSERT_EQ(csr.size(), (*reply)["len"]) << "a reply takes the whole CSR";
    const Bytes publicKey = test::publicKeyOfCsr(csr);
    ASSERT_FALSE(publicKey.empty());
    EXPECT_EQ(test::commonNameOfCsr(csr), "dev-2");
    const auto info = bench.ask(KS_CMD_INFO);
    EXPECT_EQ((*info)["pend"], bytesOf(sha256(publicKey)));
    const Stream stream = x509Stream("dev-2", {}, publicKey);
    bench.powerCycle();  // the key is in the flash by now
    ASSERT_TRUE(provision(bench, stream));
    EXPECT_TRUE(holds(bench, stream));
    EXPECT_FALSE(bench.ask(KS_CMD_INFO)->contains("pend"));
}

TEST_P(Agent, KeygenKeepsAPendingKeyOfTheSameIdentityAndDropsAnothers) {
    const json same{{"mode", 0}, {"id", "dev-3"}, {"scope", "s"}};
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, same), 0);
    const Bytes first = test::publicKeyOfCsr((*bench.ask(KS_CMD_KEYGEN))["data"].get_binary());
    bench.powerCycle();
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, same), 0);
    EXPECT_EQ(test::publicKeyOfCsr((*bench.ask(KS_CMD_KEYGEN))["data"].get_binary()), first);
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-3"}, {"scope", "other"}}), 0);
    EXPECT_FALSE(bench.ask(KS_CMD_INFO)->contains("pend"));
    EXPECT_NE(test::publicKeyOfCsr((*bench.ask(KS_CMD_KEYGEN))["data"].get_binary()), first);
}

TEST_P(Agent, ACsrCanBeReadInParts) {
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-4"}, {"scope", "s"}}), 0);
    const Bytes whole = (*bench.ask(KS_CMD_KEYGEN))["data"].get_binary();
    const auto part = bench.ask(KS_CMD_CSR, {{"off", 100}});
    ASSERT_TRUE(part && part->contains("data"));
    EXPECT_EQ(Bytes((*part)["data"].get_binary()), Bytes(whole.begin() + 100, whole.end()));
    EXPECT_EQ(bench.rc(KS_CMD_CSR, {{"off", whole.size() + 1}}), KS_RC_OFFSET);
    EXPECT_EQ(bench.rc(KS_CMD_CSR, json::object()), KS_RC_ARGUMENT);
}

TEST_P(Agent, EachRequestMayBeSaidTwice) {
    const Stream stream = x509Stream("dev-5", test::newKey(), {});
    for (int i = 0; i < 2; ++i) ASSERT_EQ(bench.rc(KS_CMD_BEGIN, identityOf(stream)), 0);
    const BytesView whole{stream.stream};
    const std::size_t cut = 192;
    for (int i = 0; i < 2; ++i) ASSERT_EQ((*bench.ask(KS_CMD_PUT, {{"off", 0}, {"data", bytesOf(whole.first(cut))}}))["off"], cut);
    for (int i = 0; i < 2; ++i) {
        ASSERT_EQ((*bench.ask(KS_CMD_PUT, {{"off", cut}, {"data", bytesOf(whole.subspan(cut))}}))["off"], whole.size());
    }
    for (int i = 0; i < 3; ++i) {
        ASSERT_EQ((*bench.ask(KS_CMD_COMMIT, commitOf(stream)))["cred"], bytesOf(stream.credential));
        if (i == 1) bench.powerCycle();
    }
    for (int i = 0; i < 2; ++i) EXPECT_EQ(bench.rc(KS_CMD_LOCK), 0);
    EXPECT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(stream)), 0) << "its reply may have been lost before the lock";
    EXPECT_TRUE(holds(bench, stream));
}

TEST_P(Agent, AStreamMayBeginAnew) {
    const Stream lost = sasStream("dev-6");
    const Stream stream = sasStream("dev-6");
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, identityOf(lost)), 0);
    ASSERT_EQ(bench.rc(KS_CMD_PUT, {{"off", 0}, {"data", bytesOf(lost.stream)}}), 0);
    ASSERT_EQ(bench.rc(KS_CMD_PUT, {{"off", 0}, {"data", bytesOf(stream.stream)}}), 0) << "without begin";
    ASSERT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(lost)), KS_RC_MISMATCH);
    ASSERT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(stream)), 0);
    EXPECT_TRUE(holds(bench, stream));
}

TEST_P(Agent, ALockedBoardKeepsWhatItHas) {
    const Stream stream = sasStream("dev-7");
    EXPECT_EQ(bench.rc(KS_CMD_LOCK), KS_RC_EMPTY);
    ASSERT_TRUE(provision(bench, stream));
    ASSERT_EQ(bench.rc(KS_CMD_LOCK), 0);
    for (int i = 0; i < 2; ++i) {
        EXPECT_EQ(bench.rc(KS_CMD_BEGIN, identityOf(stream)), KS_RC_LOCKED);
        EXPECT_EQ(bench.rc(KS_CMD_KEYGEN), KS_RC_LOCKED);
        EXPECT_EQ(bench.rc(KS_CMD_PUT, {{"off", 0}, {"data", bytesOf(stream.stream)}}), KS_RC_LOCKED);
        EXPECT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(sasStream("dev-7"))), KS_RC_LOCKED);
        EXPECT_EQ(bench.rc(KS_CMD_ERASE), KS_RC_LOCKED);
        EXPECT_TRUE(holds(bench, stream));
        bench.powerCycle();
    }
    EXPECT_EQ((*bench.ask(KS_CMD_INFO))["lock"], true);
}

TEST_P(Agent, ALockDropsAPendingKey) {
    ASSERT_TRUE(provision(bench, sasStream("dev-7")));
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-7"}, {"scope", "s"}}), 0);
    ASSERT_EQ(bench.rc(KS_CMD_KEYGEN), 0);
    ASSERT_EQ(bench.rc(KS_CMD_LOCK), 0);
    EXPECT_FALSE(bench.ask(KS_CMD_INFO)->contains("pend"));
    bench.powerCycle();
    EXPECT_FALSE(bench.ask(KS_CMD_INFO)->contains("pend"));
    const Bytes flash = bench.flash();
    const Bytes erased(flash.size() / 2, 0xFF);
    EXPECT_TRUE(std::equal(erased.begin(), erased.end(), flash.begin()) ||
                std::equal(erased.begin(), erased.end(), flash.end() - static_cast<std::ptrdiff_t>(erased.size())))
        << "the spare page";
}

TEST_P(Agent, WrongOrderIsRefused) {
    EXPECT_EQ(bench.rc(KS_CMD_KEYGEN), KS_RC_ORDER);
    EXPECT_EQ(bench.rc(KS_CMD_CSR, {{"off", 0}}), KS_RC_ORDER);
    EXPECT_EQ(bench.rc(KS_CMD_PUT, {{"off", 0}, {"data", bytesOf(Bytes(10))}}), KS_RC_ORDER);
    EXPECT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(sasStream("x"))), KS_RC_ORDER);
    EXPECT_EQ(bench.rc(KS_CMD_PROVE, {{"nonce", bytesOf(Bytes(32))}}), KS_RC_EMPTY);
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 1}, {"id", "x"}, {"scope", "s"}}), 0);
    EXPECT_EQ(bench.rc(KS_CMD_KEYGEN), KS_RC_UNSUPPORTED) << "a SAS key is not made on a board";
    EXPECT_EQ(bench.rc(KS_CMD_PUT, {{"off", 64}, {"data", bytesOf(Bytes(10))}}), KS_RC_OFFSET) << "a gap";
    EXPECT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(sasStream("x"))), KS_RC_ORDER) << "nothing was sent";
}

TEST_P(Agent, IdentitiesThatNoCloudTakesAreRefused) {
    for (const char* id : {"", "-a", "a-", "A", "a_b", "a b"}) {
        EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 1}, {"id", id}, {"scope", "s"}}), KS_RC_ARGUMENT) << id;
    }
    EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 1}, {"id", std::string(65, 'a')}, {"scope", "s"}}), KS_RC_ARGUMENT);
    EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 1}, {"id", std::string(64, 'a')}, {"scope", std::string(64, 's')}}), 0);
    EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 2}, {"id", "a"}, {"scope", "s"}}), KS_RC_ARGUMENT);
    EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 1}, {"id", "a"}, {"scope", "two words"}}), KS_RC_ARGUMENT);
    EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 1}, {"id", "a"}}), KS_RC_ARGUMENT);
    EXPECT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", "1"}, {"id", "a"}, {"scope", "s"}}), KS_RC_ARGUMENT);
}

TEST_P(Agent, ACredentialThatIsNotWholeOrNotItsOwnIsNotCommitted) {
    const Stream good = x509Stream("dev-8", test::newKey(), {});
    Stream otherKey = x509Stream("dev-8", {}, test::publicKeyOf(test::newKey()));
    Stream cut = good;
    cut.stream.resize(cut.stream.size() - 1);
    Stream twice = good;
    twice.stream.insert(twice.stream.end(), good.stream.begin(), good.stream.end());
    Stream sasInX509 = sasStream("dev-8");
    sasInX509.mode = KS_MODE_X509;
    Stream x509InSas = good;
    x509InSas.mode = KS_MODE_SAS;
    Stream unknownPart = sasStream("dev-8");
    unknownPart.stream[0] = 9;
    for (const Stream& wrong : {otherKey, cut, twice, sasInX509, x509InSas, unknownPart}) {
        ASSERT_EQ(bench.rc(KS_CMD_BEGIN, identityOf(wrong)), 0);
        for (std::size_t at = 0; at < wrong.stream.size(); at += 512) {
            const BytesView rest = BytesView{wrong.stream}.subspan(at);
            ASSERT_EQ(bench.rc(KS_CMD_PUT, {{"off", at}, {"data", bytesOf(rest.first(std::min<std::size_t>(512, rest.size())))}}), 0);
        }
        EXPECT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(wrong)), KS_RC_CREDENTIAL);
        EXPECT_TRUE(isBlank(bench));
    }
    // a leaf for another key than the one that was made here
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, identityOf(otherKey)), 0);
    ASSERT_EQ(bench.rc(KS_CMD_KEYGEN), 0);
    ASSERT_FALSE(provision(bench, otherKey));
    EXPECT_EQ(bench.rc(KS_CMD_COMMIT, commitOf(otherKey)), KS_RC_KEY);
    EXPECT_TRUE(isBlank(bench));
    EXPECT_TRUE(provision(bench, good)) << "and then it takes a good one";
    EXPECT_TRUE(holds(bench, good));
}

TEST_P(Agent, ACredentialThatDoesNotFitIsRefused) {
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-9"}, {"scope", "s"}}), 0);
    const auto room = (*bench.ask(KS_CMD_INFO))["room"].get<std::size_t>();
    std::size_t at = 0;
    for (; at + 1024 <= room; at += 1024) ASSERT_EQ(bench.rc(KS_CMD_PUT, {{"off", at}, {"data", bytesOf(Bytes(1024, 1))}}), 0);
    EXPECT_EQ(bench.rc(KS_CMD_PUT, {{"off", at}, {"data", bytesOf(Bytes(room - at + 1, 1))}}), KS_RC_TOO_BIG);
    EXPECT_EQ(bench.rc(KS_CMD_PUT, {{"off", 0xFFFFFFC0u}, {"data", bytesOf(Bytes(64, 1))}}), KS_RC_TOO_BIG);
}

TEST_P(Agent, ErasedIsBlankAndTakesANewOne) {
    const Stream first = sasStream("dev-a");
    const Stream second = sasStream("dev-b");
    EXPECT_EQ(bench.rc(KS_CMD_ERASE), 0) << "a blank one too";
    ASSERT_TRUE(provision(bench, first));
    for (int i = 0; i < 2; ++i) EXPECT_EQ(bench.rc(KS_CMD_ERASE), 0);
    EXPECT_TRUE(isBlank(bench));
    bench.powerCycle();
    EXPECT_TRUE(isBlank(bench));
    EXPECT_FALSE(contains(bench.flash(), first.secret)) << "the key is still in the flash";
    ASSERT_TRUE(provision(bench, second));
    EXPECT_TRUE(holds(bench, second));
}

TEST_P(Agent, WhatItWasSentStaysNeitherInRamNorOnTheOldPage) {
    const Stream first = sasStream("dev-c");
    const Stream second = sasStream("dev-c");
    ASSERT_TRUE(provision(bench, first));
    ASSERT_TRUE(provision(bench, second));
    EXPECT_FALSE(contains(bench.ram(), first.secret));
    EXPECT_FALSE(contains(bench.ram(), second.secret));
    EXPECT_FALSE(contains(bench.flash(), first.secret));
    EXPECT_TRUE(contains(bench.flash(), second.secret));
}

TEST_P(Agent, AKeyMadeOnTheBoardIsInItsFlashAndNowhereElse) {
    ASSERT_EQ(bench.rc(KS_CMD_BEGIN, {{"mode", 0}, {"id", "dev-d"}, {"scope", "0ne00TEST01"}}), 0);
    const Stream stream = x509Stream("dev-d", {}, test::publicKeyOfCsr((*bench.ask(KS_CMD_KEYGEN))["data"].get_binary()));
    ASSERT_TRUE(provision(bench, stream));
    ASSERT_TRUE(holds(bench, stream));
    const Bytes flash = bench.flash();
    const Bytes draft{'K', 'S', 'D', '1'};  // PROTOCOL.md, flash layout: the key is 140 bytes behind it
    const auto found = std::search(flash.begin(), flash.end(), draft.begin(), draft.end());
    ASSERT_GT(flash.end() - found, 140 + KS_EC_KEY);
    const Bytes key(found + 140, found + 140 + KS_EC_KEY);
    EXPECT_FALSE(contains(bench.ram(), key));
    EXPECT_EQ(std::search(found + 141, flash.end(), draft.begin(), draft.end()), flash.end()) << "the other page is not erased";
}

TEST_P(Agent, CommandsOfOthersAndBrokenMapsAreAnsweredAsSmpSays) {
    const auto rcOf = [](const Bytes& reply) {
        return json::from_cbor(reply.begin() + KS_SMP_HEADER, reply.end()).value("rc", 0);
    };
    const Bytes echo{0x0A, 0, 0, 1, 0, 0, 1, 0, 0xA0};          // group 0, echo
    const Bytes infoWritten{0x0A, 0, 0, 1, 0x4B, 0x53, 2, 0, 0xA0};  // info is a read
    const Bytes noMap{0x08, 0, 0, 1, 0x4B, 0x53, 3, 0, 0x01};
    const Bytes version1{0x00, 0, 0, 1, 0x4B, 0x53, 4, 6, 0xA0};  // prove without a nonce, by a client of SMP version 1
    EXPECT_EQ(rcOf(bench.exchange(echo)), KS_SMP_ENOTSUP);
    EXPECT_EQ(rcOf(bench.exchange(infoWritten)), KS_SMP_ENOTSUP);
    EXPECT_EQ(rcOf(bench.exchange(noMap)), KS_SMP_EINVAL);
    EXPECT_EQ(rcOf(bench.exchange(version1)), KS_RC_ARGUMENT);
    const Bytes noBody{0x08, 0, 0, 0, 0x4B, 0x53, 5, 0};
    EXPECT_FALSE(bench.exchange(noBody).empty()) << "info without a map is info";
    const Bytes wrongLength{0x08, 0, 0, 9, 0x4B, 0x53, 6, 0, 0xA0};
    EXPECT_TRUE(bench.exchange(wrongLength).empty());
    const Bytes reply{0x09, 0, 0, 1, 0x4B, 0x53, 7, 0, 0xA0};
    EXPECT_TRUE(bench.exchange(reply).empty()) << "replies are not answered";
}

TEST_P(Agent, NoRequestHoweverMangledSpoilsTheCredential) {
    const Stream stream = sasStream("dev-d");
    ASSERT_TRUE(provision(bench, stream));
    ASSERT_EQ(bench.rc(KS_CMD_LOCK), 0);
    std::mt19937 random{17};
    const json maps[] = {json::object(), {{"mode", 0}, {"id", "dev-d"}, {"scope", "s"}}, {{"off", 0}, {"data", bytesOf(Bytes(80))}},
                         {{"len", 35}, {"sha", bytesOf(Bytes(32))}}, {{"nonce", bytesOf(Bytes(32))}}};
    for (int i = 0; i < GetParam().mangledRequests; ++i) {
        Bytes body = json::to_cbor(maps[random() % std::size(maps)]);
        for (unsigned changes = random() % 4; changes > 0; --changes) body[random() % body.size()] = static_cast<std::uint8_t>(random());
        if (random() % 8 == 0) body.resize(random() % (body.size() + 1));
        Bytes message{static_cast<std::uint8_t>(random() % 8 == 0 ? random() : 8 + 2 * (random() % 2)), 0,
                      static_cast<std::uint8_t>(body.size() >> 8), static_cast<std::uint8_t>(body.size()), 0x4B, 0x53, 0,
                      static_cast<std::uint8_t>(random() % 10)};
        message.insert(message.end(), body.begin(), body.end());
        bench.exchange(message);
    }
    EXPECT_TRUE(holds(bench, stream));
}

}  // namespace
}  // namespace keystamp
