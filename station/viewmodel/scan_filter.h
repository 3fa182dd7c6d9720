// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QTimer>
#include <chrono>

class QKeyEvent;

namespace keystamp::viewmodel {

/// A barcode scanner that types (keyboard wedge), heard wherever the keyboard focus is: a filter on the application.
/// Printable characters gather; Enter or Tab ends the scan. What a person types slowly is a scan as well.
///
/// While it listens, nothing that belongs to a scan reaches a page, so a space in a barcode presses no button. Tab,
/// Enter and Space on an empty scan pass through: they work the page for those who have no touch screen. Characters
/// left lying for `staleAfter` are dropped, lest they go in front of the next board's scan.
class ScanFilter : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// What has come of a scan so far, for the page to show.
    Q_PROPERTY(QString typed READ typed NOTIFY typedChanged)

public:
    explicit ScanFilter(QObject* parent = nullptr);

    QString typed() const { return m_typed; }
    void setListening(bool listening);
    void setStaleAfter(std::chrono::milliseconds span) { m_stale.setInterval(span); }

    /// Longer than any label; what goes on beyond is no scan.
    static constexpr qsizetype kLongest = 256;

    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void typedChanged();
    /// A whole scan, without the key that ended it; never empty.
    void scanned(const QString& text);
    /// It went on beyond kLongest and was dropped.
    void tooLong();

private:
    /// Whether the key belongs to a scan and goes no further.
    bool take(const QKeyEvent& key);
    void clear();

    QString m_typed;
    QTimer m_stale;
    bool m_listening = false;
    bool m_tooLong = false;
};

}  // namespace keystamp::viewmodel
