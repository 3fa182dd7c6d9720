// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QStringList>
#include <QTranslator>

namespace keystamp::viewmodel {

/// In which language the kiosk speaks; English is what its texts are written in. GUI thread.
class LanguageController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// The language's name in itself: "Deutsch".
    Q_PROPERTY(QString current READ current NOTIFY changed)

public:
    using QObject::QObject;

    QString current() const;
    QString code() const { return m_code; }
    /// ISO 639-1, in the order in which next() takes them: en, de, zh (simplified), es.
    static QStringList codes();
    /// What the system's locale asks for, where it is spoken here; else English.
    static QString ofSystem();

    /// Whether it is spoken here; else nothing changes.
    bool choose(const QString& code);
    Q_INVOKABLE void next();

Q_SIGNALS:
    /// Every text must be read again.
    void changed();

private:
    QTranslator m_translator;
    QString m_code = QStringLiteral("en");
};

}  // namespace keystamp::viewmodel
