// SPDX-License-Identifier: Apache-2.0
// What registering is made of; that it works is shown with the cloud's stand-in (tests/e2e/cloud_clients.py).
#include <gtest/gtest.h>

#include "station/cloud/dps.h"
#include "station/cloud/dps_words.h"
#include "station/cloud/token.h"

namespace keystamp {
namespace {

// Made once by Azure's own client library.
TEST(RegistrationToken, IsTheOneThatAzuresClientMakes) {
    const auto key = Secret::fromBase64("Jsm0lyGpjaVYVP2g3FnmnmG9dI/9qU24wNoykUmermc=");
    ASSERT_TRUE(key);
    const UtcTime expiry{std::chrono::seconds{1795496257}};
    const auto token = cloud::registrationToken("0ne00111111/registrations/sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6", expiry, *key);
    ASSERT_TRUE(token);
    EXPECT_EQ(token->text(),
              "SharedAccessSignature sr=0ne00111111/registrations/sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6"
              "&sig=DAYjnSskyb0X47JZ%2FaUCjqJip7DmT1ao%2F9QHXWTSPeo%3D&se=1795496257&skn=registration");
}

TEST(CloudEndpoint, IsAHostAndPerhapsAPort) {
    for (const char* good : {"global.azure-devices-provisioning.net", "localhost:8443", "10.0.0.7:443", "global.azure-devices-provisioning.cn"}) {
        EXPECT_TRUE(cloud::isEndpoint(good)) << good;
    }
    for (const char* bad : {"", "https://host", "host/path", "host:", "user@host", "host?x", "-host", "host:port", " host"}) {
        EXPECT_FALSE(cloud::isEndpoint(bad)) << bad;
    }
}

TEST(CloudWords, SayOfEachCodeWhatItMeansAndKeepTheNumber) {
    for (const long code : {400003L, 401002L, 403000L, 404201L, 409201L, 412001L, 429001L, 500000L, 503001L}) {
        const std::string text = cloud::inWords(code, "as the service says");
        EXPECT_NE(text.find(std::to_string(code)), std::string::npos) << text;
        EXPECT_NE(text.find("as the service says"), std::string::npos) << text;
        EXPECT_FALSE(text.starts_with("error")) << "a known code has words of ours: " << text;
    }
    EXPECT_EQ(cloud::inWords(123456, ""), "error 123456");
}

TEST(CloudAnswer, EachThatIsNoSuccessSaysWhatToDo) {
    for (const cloud::Answer answer : {cloud::Answer::Unassigned, cloud::Answer::Disabled, cloud::Answer::Failed}) {
        EXPECT_FALSE(cloud::nextStepOf({answer}).empty()) << cloud::name(answer);
    }
    EXPECT_TRUE(cloud::nextStepOf({cloud::Answer::Assigned}).empty());
}

}  // namespace
}  // namespace keystamp
