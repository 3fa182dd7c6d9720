// SPDX-License-Identifier: Apache-2.0
// What hsm/signer.h promises, as one suite that runs over the real signer and over the fake that the rooms above are tested with.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "hsm/signer.h"

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

}  // namespace keystamp::test
