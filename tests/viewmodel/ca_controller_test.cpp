// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/ca_controller.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/viewmodel/supervised_station.h"

namespace keystamp::viewmodel {
namespace {

using test::comes;
using test::enter;

constexpr int kPrimary = 0, kSecondary = 1;

class Cas : public ::testing::Test {
protected:
    void SetUp() override {
        m_station.station->config.data = m_station.folder.path();
        m_page.setStation(m_station.station);
        m_page.setSupervisor("supervisor");
        m_page.open();
        ASSERT_TRUE(comes([this] { return m_page.cas().size() == 2; }));
    }
    void TearDown() override { m_background.finish(); }

    QVariantMap card(int slot) { return m_page.cas()[slot].toMap(); }
    bool said() {
        return comes([this] { return m_page.busy().isEmpty() && !m_page.said().isEmpty(); });
    }
    bool asked() {
        return comes([this] { return m_authority.asking(); });
    }
    std::uint64_t proofs() { return test::must(m_station.station->signer->signaturesByPurpose())["prove"]; }

    test::SupervisedStation m_station;
    test::TempFolder m_stick{test::TempFolder::On::Memory};
    Background m_background;
    AuthorityController m_authority{m_background};
    CaController m_page{m_background, m_authority};
};

TEST_F(Cas, AreShownWithWhatIsLeftOfTheirLives) {
    const auto primary = card(kPrimary), secondary = card(kSecondary);
    EXPECT_TRUE(primary[QStringLiteral("active")].toBool());
    EXPECT_FALSE(secondary[QStringLiteral("active")].toBool());
    EXPECT_EQ(primary[QStringLiteral("thumbprint")].toString().size(), 40);
    EXPECT_GT(primary[QStringLiteral("share")].toDouble(), 0.9);
    EXPECT_FALSE(primary[QStringLiteral("left")].toString().isEmpty());
    EXPECT_TRUE(secondary[QStringLiteral("mayRoll")].toBool());
    EXPECT_FALSE(primary[QStringLiteral("mayRoll")].toBool()) << "it is the one in use";
}

TEST_F(Cas, AreNobodysButASupervisors) {
    m_page.setSupervisor(std::nullopt);
    EXPECT_FALSE(m_page.mayOpen());
    EXPECT_FALSE(card(kPrimary)[QStringLiteral("mayVerify")].toBool());
    m_page.verify(kPrimary);
    m_page.askRoll(kSecondary);
    EXPECT_EQ(m_page.step(), CaController::Cards);
}

TEST_F(Cas, AreProvenByTheCodeThePlaceAndThePassphrase) {
    m_page.verify(kSecondary);
    EXPECT_EQ(m_page.step(), CaController::Code);
    for (const char c : std::string{"ABC12x"}) m_page.key(c);
    m_page.eraseLast();
    m_page.key('3');
    m_page.enough();
    EXPECT_EQ(m_page.step(), CaController::Place);
    m_page.writeTo(QString::fromStdString(m_stick.path()));
    ASSERT_TRUE(asked());
    EXPECT_TRUE(m_authority.act().contains(QStringLiteral("ABC123"))) << qPrintable(m_authority.act());
    enter(m_authority, "wrong");
    ASSERT_TRUE(comes([this] { return !m_authority.working(); }));
    EXPECT_EQ(proofs(), 0U);
    enter(m_authority, "correct horse");
    ASSERT_TRUE(said());
    EXPECT_EQ(m_page.step(), CaController::Cards);
    EXPECT_FALSE(m_page.bad());
    EXPECT_TRUE(m_page.said().contains(QStringLiteral("pulled out"))) << qPrintable(m_page.said());
    EXPECT_TRUE(std::filesystem::exists(workflow::caFile(m_stick.path(), Slot::Secondary)));
    EXPECT_TRUE(std::filesystem::exists(workflow::proofFile(m_stick.path(), Slot::Secondary)));
    EXPECT_EQ(proofs(), 1U);
}

TEST_F(Cas, ADamagedCodeIsExplainedAndAsksForNothing) {
    m_page.verify(kPrimary);
    m_page.give(QStringLiteral("ABC 123"));
    EXPECT_EQ(m_page.step(), CaController::Code);
    EXPECT_TRUE(m_page.bad());
    EXPECT_TRUE(m_page.detail().contains(QStringLiteral("blank at character 4"))) << qPrintable(m_page.detail());
    m_page.give(QStringLiteral(" ABC123 "));
    EXPECT_EQ(m_page.step(), CaController::Place);
    EXPECT_FALSE(m_page.bad());
    m_page.cancel();
    EXPECT_EQ(m_page.step(), CaController::Code) << "a step back";
    m_page.cancel();
    EXPECT_EQ(m_page.step(), CaController::Cards);
    EXPECT_FALSE(m_authority.asking());
}

TEST_F(Cas, WithoutACodeTheCertificateAloneIsWrittenAndNoPassphraseIsWanted) {
    m_page.verify(kPrimary);
    m_page.onlyCa();
    m_page.writeTo({});
    ASSERT_TRUE(said());
    EXPECT_FALSE(m_page.bad()) << qPrintable(m_page.detail());
    EXPECT_FALSE(m_authority.asking());
    const std::string here = m_station.folder.path() + "/cloud";
    EXPECT_TRUE(std::filesystem::exists(workflow::caFile(here, Slot::Primary)));
    EXPECT_FALSE(std::filesystem::exists(workflow::proofFile(here, Slot::Primary)));
    EXPECT_FALSE(m_page.said().contains(QStringLiteral("pulled out"))) << "it is on no stick";
}

TEST_F(Cas, AStickThatTakesNothingIsFoundBeforeAnythingIsSigned) {
    m_page.verify(kPrimary);
    m_page.give(QStringLiteral("ABC123"));
    m_page.writeTo(QStringLiteral("/proc/no-such-stick"));
    ASSERT_TRUE(said());
    EXPECT_TRUE(m_page.bad());
    EXPECT_FALSE(m_authority.asking());
    EXPECT_EQ(m_page.step(), CaController::Place) << "another one may be chosen";
    EXPECT_EQ(proofs(), 0U);
}

TEST_F(Cas, AreRolledOnceItWasAskedAndAllowed) {
    m_page.askRoll(kPrimary);
    EXPECT_EQ(m_page.step(), CaController::Cards) << "it is the one in use";
    m_page.roll();
    EXPECT_FALSE(m_authority.asking()) << "nobody was asked";
    m_page.askRoll(kSecondary);
    EXPECT_EQ(m_page.step(), CaController::Rolling);
    m_page.roll();
    enter(m_authority, "correct horse");
    ASSERT_TRUE(comes([this] { return card(kSecondary)[QStringLiteral("active")].toBool(); }));
    EXPECT_EQ(test::must(m_station.station->signer->status()).active, Slot::Secondary);
    EXPECT_TRUE(card(kPrimary)[QStringLiteral("mayRoll")].toBool());
}

}  // namespace
}  // namespace keystamp::viewmodel
