// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/scan_trial_controller.h"

#include <gtest/gtest.h>

#include <QImage>
#include <QSignalSpy>
#include <QVariantMap>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

class ScanTrial : public testing::Test {
protected:
    ScanTrial() {
        workflow::Config config;
        config.scan.take = "acme-{21}";
        config.fixtures.push_back({"F1", "", "", "FIX-1"});
        trial.setConfig(config);
    }
    QStringList values() const {
        QStringList all;
        for (const QVariant& step : trial.steps()) all.push_back(step.toMap()[QStringLiteral("value")].toString());
        return all;
    }
    void scan(const std::string& text) { trial.scan(QString::fromStdString(text)); }

    ScanTrialController trial;
    QSignalSpy told{&trial, &ScanTrialController::changed};
};

TEST_F(ScanTrial, AGoodScanIsShownStepByStepWithWhatCannotBeSeen) {
    scan("]d2010950110153000321017\x1d" "10LOT");
    EXPECT_TRUE(trial.good());
    EXPECT_FALSE(trial.said().isEmpty());
    EXPECT_EQ(values(), (QStringList{QStringLiteral("]d2010950110153000321017<GS>10LOT"), QStringLiteral("]d2 GS1 Data Matrix"),
                                     QStringLiteral("09501101530003"), QStringLiteral("017"), QStringLiteral("LOT"), QStringLiteral("acme-017"),
                                     QStringLiteral("acme-017")}));
    EXPECT_EQ(told.count(), 1);
}

TEST_F(ScanTrial, ABadOneSaysInOneSentenceWhyAndWhatToDo) {
    const std::pair<const char*, ErrorCode> bad[]{{"010950110153000421017", ErrorCode::ScanMisread}, {"0109501", ErrorCode::ScanCut},
                                                  {"0109501101530003", ErrorCode::ScanForeign}, {"SN\x01", ErrorCode::BadScan}};
    for (const auto& [text, code] : bad) {
        scan(text);
        EXPECT_FALSE(trial.good()) << text;
        EXPECT_EQ(trial.said(), textOf(code).cause + QLatin1Char('.')) << text;
        EXPECT_EQ(trial.next(), textOf(code).next) << text;
    }
}

TEST_F(ScanTrial, AFixturesLabelIsKnown) {
    scan("FIX-1");
    EXPECT_TRUE(trial.good());
    EXPECT_TRUE(trial.said().contains(QStringLiteral("F1")));
}

TEST_F(ScanTrial, TheTestCodeNamesAWrongKeyboard) {
    scan(std::string{workflow::kTestCode});
    EXPECT_TRUE(trial.good());
    scan(workflow::testCodeOn("fr"));
    EXPECT_FALSE(trial.good());
    EXPECT_TRUE(trial.said().contains(QStringLiteral(" fr;"))) << trial.said().toStdString();
    EXPECT_FALSE(trial.next().isEmpty());
}

TEST_F(ScanTrial, TheTestCodeIsAPicture) {
    const QString start = QStringLiteral("data:image/png;base64,");
    ASSERT_TRUE(trial.testCode().startsWith(start));
    const QImage image = QImage::fromData(QByteArray::fromBase64(trial.testCode().mid(start.size()).toLatin1()));
    EXPECT_GT(image.width(), 16);
    EXPECT_EQ(image.width(), image.height());
}

TEST_F(ScanTrial, ClearedItShowsNothingAndWhatAScannerCouldNotReadHasItsReason) {
    scan("FIX-1");
    trial.clear();
    EXPECT_TRUE(trial.said().isEmpty());
    EXPECT_TRUE(trial.steps().isEmpty());
    trial.refuse({ErrorCode::ScanCut, "\"SN\" came without an end"});
    EXPECT_FALSE(trial.good());
    EXPECT_EQ(trial.said(), textOf(ErrorCode::ScanCut).cause + QLatin1Char('.'));
}

}  // namespace
}  // namespace keystamp::viewmodel
