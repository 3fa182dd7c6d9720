// SPDX-License-Identifier: Apache-2.0
#include "hsm/client.h"
#include "tests/hsm/contract.h"
#include "tests/hsm/station_folder.h"
#include "tests/support/fake_signer.h"

namespace keystamp::test {
namespace {

class RealHouse final : public SignerHouse {
public:
    RealHouse() : m_signer(m_folder.connect()) {}
    hsm::Signer& signer() override { return *m_signer; }
    hsm::Authority authority() const override { return m_folder.authority(); }
    void forgetSupervisors() override { m_folder.forgetSupervisors(); }
    hsm::Authority second() override {
        hsm::Authority other{"anna", Secret::copyOf("another long one")};
        m_folder.enrol(other);
        return other;
    }
    Secret rightPin() const override { return m_folder.token().pin(); }

private:
    StationFolder m_folder;
    std::unique_ptr<hsm::Signer> m_signer;
};

class FakeHouse final : public SignerHouse {
public:
    hsm::Signer& signer() override { return m_signer; }
    hsm::Authority authority() const override { return m_signer.authority(); }
    void forgetSupervisors() override { m_signer.supervisors.clear(); }
    hsm::Authority second() override {
        m_signer.supervisors["zoe"] = "another long one";
        return {"zoe", Secret::copyOf("another long one")};
    }
    Secret rightPin() const override { return Secret::copyOf(m_signer.pin); }

private:
    FakeSigner m_signer;
};

}  // namespace

std::unique_ptr<SignerHouse> makeRealHouse() { return std::make_unique<RealHouse>(); }
std::unique_ptr<SignerHouse> makeFakeHouse() { return std::make_unique<FakeHouse>(); }

}  // namespace keystamp::test
