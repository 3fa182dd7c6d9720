// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QVariantList>

#include "station/workflow/config.h"
#include "station/workflow/keyboard_layout.h"

namespace keystamp::viewmodel {

/// The page where a scanner is tried: what the station makes of a scan, step by step, and whether the keyboard's layout is the one that
/// scanners type on. Nothing is issued there. GUI thread.
class ScanTrialController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// Of the last scan: maps of `name` and `value`; empty until there was one.
    Q_PROPERTY(QVariantList steps READ steps NOTIFY changed)
    /// Whether it could be a board's, or the test code arrived as it should.
    Q_PROPERTY(bool good READ good NOTIFY changed)
    /// What became of it in one sentence, and what to do.
    Q_PROPERTY(QString said READ said NOTIFY changed)
    Q_PROPERTY(QString next READ next NOTIFY changed)
    /// The test code: a picture, as the address of an Image.
    Q_PROPERTY(QString testCode READ testCode CONSTANT)

public:
    explicit ScanTrialController(QObject* parent = nullptr);

    QVariantList steps() const { return m_steps; }
    bool good() const { return m_good; }
    QString said() const { return m_said; }
    QString next() const { return m_next; }
    QString testCode() const { return m_testCode; }

    void setConfig(const workflow::Config& config) { m_config = config; }
    /// One scan from anywhere.
    void scan(const QString& text);
    /// What a scanner could not make a scan of.
    void refuse(const Error& error);
    void clear();
    /// The language is another one.
    void reword();

Q_SIGNALS:
    void changed();

private:
    void step(const QString& name, const QString& value);
    void say(bool good, const QString& said, const QString& next);
    void judgeLayout(const workflow::LayoutFound& found);
    void judgeLabel(const std::string& text);

    workflow::Config m_config;
    QString m_testCode, m_said, m_next, m_last;
    QVariantList m_steps;
    bool m_good = false;
};

}  // namespace keystamp::viewmodel
