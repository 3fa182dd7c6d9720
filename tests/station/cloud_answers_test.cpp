// SPDX-License-Identifier: Apache-2.0
// Who it is that answers a device: DPS, or whoever stands between. Only DPS's own word is one about the device.
#include <gtest/gtest.h>

#include <deque>

#include "station/cloud/dps.h"
#include "station/cloud/transport.h"

namespace keystamp {
namespace {

using namespace std::chrono_literals;

/// Answers as it was told, one after another.
class Scripted : public cloud::Transport {
public:
    explicit Scripted(std::deque<cloud::Reply> replies) : m_replies(std::move(replies)) {}
    Result<cloud::Reply> ask(const std::string&, Deadline, const std::atomic<bool>&) override {
        if (m_replies.empty()) return Error{ErrorCode::Internal, "asked too often"};
        cloud::Reply reply = m_replies.front();
        m_replies.pop_front();
        return reply;
    }

private:
    std::deque<cloud::Reply> m_replies;
};

Result<cloud::Registration> answered(std::deque<cloud::Reply> replies) {
    Scripted transport{std::move(replies)};
    const std::atomic<bool> stop{false};
    return cloud::registerBy(transport, "dps.example", Deadline::in(900ms), stop);  // too short for a second question to one that is busy
}

const std::string kPage = "<html><h1>Welcome to the guests' network</h1></html>";

TEST(CloudAnswer, OfAProxyOrALoginPageIsNoWordOfDps) {
    const std::vector<cloud::Reply> others{
        {401, R"({"error": "log in first"})"},
        {403, R"({"errorCode": 403, "message": "blocked by the factory's policy"})"},
        {403, R"({"errorCode": "403001", "message": "a text is no code of DPS"})"},
        {404, kPage},
        {407, "{}"},
        {451, kPage},
        {302, ""},
        {429, kPage},
        {502, kPage},
        {503, R"({"message": "upstream"})"},
        {511, kPage},
        {200, kPage},
        {200, "[]"},
        {200, "{}"},
        {200, R"({"status": "failed", "message": "log in first"})"},
        {200, R"({"status": "disabled"})"},
        {200, R"({"status": "assigned", "registrationState": {"status": "assigned"}})"},
        {200, R"({"status": "assigning"})"},
        {200, R"({"status": "done", "registrationState": {"status": "done"}})"}};
    for (const cloud::Reply& reply : others) {
        const auto done = answered({reply});
        ASSERT_FALSE(done) << reply.status << " " << reply.body;
        EXPECT_EQ(done.error().code, ErrorCode::CloudUnreachable) << reply.status << " " << reply.body;
        EXPECT_EQ(done.error().native, reply.status);
        EXPECT_NE(done.error().detail.find("not DPS's, but a proxy's, a network's login page"), std::string::npos) << done.error().detail;
    }
}

TEST(CloudAnswer, OfDpsIsItsWordWhateverItSays) {
    for (const long code : {400004L, 401002L, 404201L, 429001L, 500000L, 503001L}) {
        const auto done = answered({{code / 1000, R"({"errorCode": )" + std::to_string(code) + R"(, "trackingId": "t-1", "message": "as it is"})"}});
        ASSERT_FALSE(done) << code;
        EXPECT_EQ(done.error().code, ErrorCode::CloudRefused) << code;
        EXPECT_EQ(done.error().native, code);
        EXPECT_NE(done.error().detail.find("t-1"), std::string::npos) << done.error().detail;
        EXPECT_EQ(cloud::isBusy(done.error()), code >= 429000) << code;
    }
    for (const cloud::Answer answer : {cloud::Answer::Unassigned, cloud::Answer::Disabled, cloud::Answer::Failed}) {
        const std::string word{name(answer)};
        const auto done = answered({{202, R"({"operationId": "4.a", "status": "assigning"})", 0s},
                                    {200, R"({"operationId": "4.a", "status": ")" + word + R"(", "registrationState": {"status": ")" + word + R"(", "errorCode": 400207}})"}});
        ASSERT_TRUE(done) << word << ": " << done.error().detail;
        EXPECT_EQ(done->answer, answer);
        EXPECT_EQ(done->code, 400207);
        EXPECT_EQ(done->asked, 2u);
        // and where it says nothing more of it
        EXPECT_EQ(answered({{200, R"({"operationId": "4.a", "status": ")" + word + R"("})"}})->answer, answer);
    }
}

}  // namespace
}  // namespace keystamp
