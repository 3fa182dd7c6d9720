// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/pin_controller.h"

#include <QKeyEvent>

namespace keystamp::viewmodel {

PinController::PinController(QObject* parent) : QObject(parent) {}

void PinController::digit(int number) {
    if (number >= 0 && number <= 9) append(static_cast<std::uint8_t>('0' + number));
}

void PinController::key(int code) {
    if (code >= ' ' && code <= '~') append(static_cast<std::uint8_t>(code));
}

void PinController::append(std::uint8_t character) {
    if (m_pin.empty()) m_pin = Secret{kLongest};
    if (m_length == kLongest) return;
    m_pin.bytes()[m_length++] = character;
    Q_EMIT lengthChanged();
}

void PinController::eraseLast() {
    if (m_length == 0) return;
    m_pin.bytes()[--m_length] = 0;
    Q_EMIT lengthChanged();
}

void PinController::clear() {
    m_pin = Secret{};
    m_length = 0;
    Q_EMIT lengthChanged();
}

void PinController::submit() {
    if (m_length > 0) Q_EMIT submitted();
}

Secret PinController::take() {
    Secret pin = std::move(m_pin);
    pin.shrink(m_length);
    clear();
    return pin;
}

void PinController::setListening(bool listening) {
    if (m_listening == listening) return;
    m_listening = listening;
    clear();
}

bool PinController::eventFilter(QObject* watched, QEvent* event) {
    if (!m_listening || event->type() != QEvent::KeyPress || !watched->isWindowType()) {
        return QObject::eventFilter(watched, event);
    }
    const auto& key = *static_cast<QKeyEvent*>(event);
    if (key.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
    if (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) {
        submit();
        return true;
    }
    if (key.key() == Qt::Key_Backspace) {
        eraseLast();
        return true;
    }
    // some HSMs take more than digits; what is printable ASCII has its own code as key text
    const QString& text = key.text();
    if (text.size() != 1 || key.isAutoRepeat()) return false;
    const char16_t character = text.front().unicode();
    if (character < u' ' || character > u'~') return false;
    append(static_cast<std::uint8_t>(character));
    return true;
}

}  // namespace keystamp::viewmodel
