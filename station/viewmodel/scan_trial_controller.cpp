// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/scan_trial_controller.h"

#include <QBuffer>
#include <QImage>
#include <QVariantMap>
#include <algorithm>

#include "core/device_id.h"
#include "station/viewmodel/texts.h"
#include "station/workflow/scan_format.h"

namespace keystamp::viewmodel {
namespace {

constexpr int kQuiet = 2;  // modules

QString picture() {
    const auto modules = workflow::testCodeModules();
    if (!modules) return {};
    const int size = static_cast<int>(modules->size()) + 2 * kQuiet;
    QImage image{size, size, QImage::Format_Grayscale8};
    image.fill(Qt::white);
    for (int row = kQuiet; row < size - kQuiet; ++row) {
        const std::string& line = (*modules)[static_cast<std::size_t>(row - kQuiet)];
        for (int column = kQuiet; column < size - kQuiet; ++column) {
            if (line[static_cast<std::size_t>(column - kQuiet)] == '1') image.setPixelColor(column, row, Qt::black);
        }
    }
    QByteArray png;
    QBuffer file{&png};
    image.save(&file, "PNG");
    return QStringLiteral("data:image/png;base64,") + QString::fromLatin1(png.toBase64());
}

/// With control characters by their names, and what is no ASCII as it is.
QString seen(const QString& text) {
    QString all;
    for (const QChar c : text) {
        if (c == QLatin1Char(workflow::kGs)) {
            all += QStringLiteral("<GS>");
        } else {
            all += c.isPrint() ? QString{c} : QStringLiteral("<%1>").arg(c.unicode(), 2, 16, QLatin1Char('0'));
        }
    }
    return all;
}

}  // namespace

ScanTrialController::ScanTrialController(QObject* parent) : QObject(parent), m_testCode(picture()) {}

void ScanTrialController::scan(const QString& text) {
    m_last = text;
    m_steps.clear();
    step(tr("Scan", "what the scanner sent"), seen(text));
    const std::string bytes = text.toStdString();
    const auto layout = workflow::layoutOf(bytes);
    layout ? judgeLayout(*layout) : judgeLabel(bytes);
}

void ScanTrialController::judgeLayout(const workflow::LayoutFound& found) {
    if (found.right()) {
        return say(true, tr("The scanner and the station's keyboard fit together."), tr("Now scan a board's label."));
    }
    if (found.capsLock) return say(false, tr("Upper and lower case are exchanged."), tr("Switch Caps Lock off, and scan the test code again."));
    const QString next = tr("Set the station's keyboard to US, or the scanner to the station's.");
    if (found.layout.empty()) {
        step(tr("Test code", "what the test code says"), QString::fromLatin1(workflow::kTestCode.data(), workflow::kTestCode.size()));
        return say(false, tr("The station's keyboard is none that scanners type on."), next);
    }
    say(false, tr("The station's keyboard is %1; the scanner types on US.", "%1: a layout: de, fr, ...").arg(QString::fromStdString(found.layout)),
        next);
}

void ScanTrialController::judgeLabel(const std::string& text) {
    const auto reading = workflow::readScan(text, m_config.scan);
    if (!reading.symbology.empty()) step(tr("Barcode", "what kind it is"), QString::fromStdString(reading.symbology));
    for (const auto& [ai, value] : reading.elements) step(QStringLiteral("(%1)").arg(QString::fromStdString(ai)), QString::fromStdString(value));
    const auto& fixtures = m_config.fixtures;
    const auto label = std::find_if(fixtures.begin(), fixtures.end(), [&](const auto& each) { return each.label == reading.payload; });
    if (label != fixtures.end()) {
        return say(true, tr("This is the label of %1.", "%1: a fixture").arg(QString::fromStdString(label->name)), tr("Now scan a board's label."));
    }
    if (reading.error) {
        if (!reading.error->detail.empty()) step(tr("Why", "an engineer's detail"), QString::fromStdString(reading.error->detail));
        const auto words = textOf(reading.error->code);
        return say(false, words.cause + QLatin1Char('.'), words.next);
    }
    step(tr("Board", "the text that the station takes for the board"), QString::fromStdString(reading.text));
    const auto id = DeviceId::parse(reading.text);
    if (id) step(tr("Device ID"), QString::fromStdString(id->text()));
    say(true, tr("The station can use this scan."),
        id ? QString{} : tr("It is no device ID: a batch takes it as a serial number, or refuses it."));
}

void ScanTrialController::refuse(const Error& error) {
    m_last.clear();
    m_steps.clear();
    if (!error.detail.empty()) step(tr("Why", "an engineer's detail"), QString::fromStdString(error.detail));
    const auto words = textOf(error.code);
    say(false, words.cause + QLatin1Char('.'), words.next);
}

void ScanTrialController::clear() {
    m_last.clear();
    m_steps.clear();
    say(false, {}, {});
}

void ScanTrialController::reword() { m_last.isEmpty() ? clear() : scan(QString{m_last}); }

void ScanTrialController::step(const QString& name, const QString& value) {
    m_steps.push_back(QVariantMap{{QStringLiteral("name"), name}, {QStringLiteral("value"), value}});
}

void ScanTrialController::say(bool good, const QString& said, const QString& next) {
    m_good = good;
    m_said = said;
    m_next = next;
    Q_EMIT changed();
}

}  // namespace keystamp::viewmodel
