// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>

#include "core/secret.h"

namespace keystamp::viewmodel {

/// The HSM's PIN, or a supervisor's passphrase, as it is entered: by the keys on the screen or a keyboard, a character at a time straight into the
/// locked heap. It is never a QString, which Qt could not wipe; a page sees only how many characters there are. GUI
/// thread.
class PinController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(int length READ length NOTIFY lengthChanged)

public:
    explicit PinController(QObject* parent = nullptr);

    int length() const { return static_cast<int>(m_length); }
    Q_INVOKABLE void digit(int number);
    /// Printable ASCII, by its code.
    Q_INVOKABLE void key(int code);
    Q_INVOKABLE void eraseLast();
    Q_INVOKABLE void clear();
    /// Hands over what there is, where there is anything; the entry is empty then.
    Q_INVOKABLE void submit();
    Secret take();

    void setListening(bool listening);
    static constexpr std::size_t kLongest = 128;

    /// Keys of a keyboard, wherever the focus is, while it listens.
    bool eventFilter(QObject* watched, QEvent* event) override;

Q_SIGNALS:
    void lengthChanged();
    void submitted();

private:
    void append(std::uint8_t character);

    Secret m_pin;
    std::size_t m_length = 0;
    bool m_listening = false;
};

}  // namespace keystamp::viewmodel
