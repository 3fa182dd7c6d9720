// SPDX-License-Identifier: Apache-2.0
// What hsm/signer.h promises, as one suite that runs over the real signer and over the fake that the rooms above are tested with.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "hsm/signer.h"
#include "tests/hsm/station_folder.h"
#include "tests/support/crypto.h"

namespace keystamp::test {

/// A signer for one test, logged in, with one supervisor until a second is enrolled; what it stands on goes with it.
struct SignerHouse {
    virtual ~SignerHouse() = default;
    virtual hsm::Signer& signer() = 0;
    virtual hsm::Authority authority() const = 0;
    /// As before anybody was enrolled.
    virtual void forgetSupervisors() = 0;
    /// A second one, enrolled by the first call.
    virtual hsm::Authority second() = 0;
    virtual Secret rightPin() const = 0;
};

struct SignerKind {
    std::string name;
    std::function<std::unique_ptr<SignerHouse>()> make;
};
inline void PrintTo(const SignerKind& kind, std::ostream* out) { *out << kind.name; }

std::unique_ptr<SignerHouse> makeRealHouse();
std::unique_ptr<SignerHouse> makeFakeHouse();

inline DeviceId deviceId(const std::string& text) { return std::move(DeviceId::parse(text)).value(); }

class SignerContract : public testing::TestWithParam<SignerKind> {
protected:
    hsm::Signer& signer() { return m_house->signer(); }
    hsm::Authority authority() { return m_house->authority(); }
    void grant(Mode mode, std::uint64_t cap = 10) {
        const auto opened = signer().openGrant(grantOf("b1", mode, cap), authority());
        ASSERT_TRUE(opened) << describe(opened.error());
    }
    hsm::LeafIntent intent(const std::string& id, const Bytes& key, const std::string& job = "job") {
        auto serial = signer().reserve("b1", deviceId(id), job);
        EXPECT_TRUE(serial) << describe(serial.error());
        return {"b1", job, deviceId(id), serial ? *serial : Bytes{}, newCsr(key, id)};
    }
    void extend(const hsm::Grant& grant) {
        const auto second = m_house->second();
        const auto asked = signer().extendGrant(grant, authority());
        ASSERT_TRUE(asked) << describe(asked.error());
        const auto released = signer().releaseGrant(grant.batch, grant.cap, second);
        ASSERT_TRUE(released) << describe(released.error());
    }
    template <typename T>
    static ErrorCode codeOf(const Result<T>& result) {
        EXPECT_FALSE(result);
        return result ? ErrorCode::Internal : result.error().code;
    }

    std::unique_ptr<SignerHouse> m_house = GetParam().make();
};

}  // namespace keystamp::test
