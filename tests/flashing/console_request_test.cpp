// SPDX-License-Identifier: Apache-2.0
// Requests that real modems made (the READMEs of nrfcloud/utils, AT%KEYGEN on an nRF9160), and what a line makes of them.
#include <gtest/gtest.h>

#include "flashing/board_program/modem_key.h"
#include "flashing/console/console_csr.h"
#include "tests/support/crypto.h"

namespace keystamp {
namespace {

using flashing::console::readRequest;

struct Vector {
    std::string request, name, key;
};

const Vector kReal[] = {
    {"MIIBCjCBrwIBADAvMS0wKwYDVQQDDCQ1MDUwMzY0Mi0zMjM5LTRmODYtODBjNC0wNjEyMmUyOTk2MjMwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARiUcy3JPF23JN4WN6ek_uEF_9B"
     "Az79CSTDx0ZQDJSlEz5EfWDTLImxXGa6_VOOonrHQ64p77hcSaZqNweE4kV6oB4wHAYJKoZIhvcNAQkOMQ8wDTALBgNVHQ8EBAMCA-gwDAYIKoZIzj0EAwIFAANIADBFAiAyuRZLkBvk"
     "smLLZvxY_HnqEkZIFhpHQ9e4tIZDxX8MQwIhAN1APbTPnEA_J0AMOviRVocbGskLr-_-HFuQR1g2owZc",
     "50503642-3239-4f86-80c4-06122e299623",
     "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEYlHMtyTxdtyTeFjenpP7hBf/QQM+/Qkkw8dGUAyUpRM+RH1g0yyJsVxmuv1TjqJ6x0OuKe+4XEmmajcHhOJFeg=="},
    {"MIIBCjCBrwIBADAvMS0wKwYDVQQDDCQ1MDM2MzE1NC0zOTMxLTQ0ZjAtODAyMi0xMjFiNjQwMTYyN2QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQqD6pNfa29o_EXnw62bnQWr8-J"
     "qsNh_HZxS3k3bMD4KZ8-qxnvgeoiqQ5zAycEP_Wcmzqypvwyf3qWMrZ2VB5aoB4wHAYJKoZIhvcNAQkOMQ8wDTALBgNVHQ8EBAMCA-gwDAYIKoZIzj0EAwIFAANIADBFAiEAv7OLZ_dX"
     "bszfhhjcLMUT72wTmw-z6GlgWxVhyWgR27ACIAvY_lPu3yfYZY5AL6uYTkUFp4GQkbSOUC_lsHyCxOuG",
     "50363154-3931-44f0-8022-121b6401627d",
     "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEKg+qTX2tvaPxF58Otm50Fq/PiarDYfx2cUt5N2zA+CmfPqsZ74HqIqkOcwMnBD/1nJs6sqb8Mn96ljK2dlQeWg=="}};

TEST(ConsoleRequest, OfARealModemIsReadWithItsKey) {
    for (const Vector& each : kReal) {
        const auto read = readRequest(each.request, each.name);
        ASSERT_TRUE(read) << describe(read.error());
        EXPECT_EQ(read->keyHash, sha256(*fromBase64(each.key)));
        EXPECT_EQ(test::publicKeyOfCsr(read->csr), *fromBase64(each.key)) << "its signature verifies";
    }
}

TEST(ConsoleRequest, WhoseSignatureIsPaddedComesOutAsStrictDer) {
    const auto key = flashing::board_program::makeModemKey("acme-1");
    const auto read = readRequest(key.csr, "acme-1");
    ASSERT_TRUE(read) << describe(read.error());
    EXPECT_FALSE(test::publicKeyOfCsr(read->csr).empty());
}

TEST(ConsoleRequest, ThatTheLineGarbledIsNonsenseWhereverItWas) {
    const std::string& good = kReal[0].request;
    for (std::size_t at = 0; at < good.size(); ++at) {
        std::string bad = good;
        bad[at] = bad[at] == 'A' ? 'B' : 'A';
        const auto read = readRequest(bad, kReal[0].name);
        if (!read) {
            EXPECT_EQ(read.error().code, ErrorCode::BoardNonsense);
        } else {
            EXPECT_EQ(read->keyHash, sha256(*fromBase64(kReal[0].key))) << "character " << at;
        }
    }
    for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(readRequest(good.substr(0, size), kReal[0].name)) << size;
    EXPECT_FALSE(readRequest(good, "another-device"));
}

}  // namespace
}  // namespace keystamp
