// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/scan_filter.h"

#include <QKeyEvent>
#include <algorithm>

#include "station/workflow/gs1.h"

namespace keystamp::viewmodel {

ScanFilter::ScanFilter(QObject* parent) : QObject(parent) {
    m_stale.setSingleShot(true);
    m_stale.setInterval(std::chrono::seconds{10});
    connect(&m_stale, &QTimer::timeout, this, &ScanFilter::clear);
}

void ScanFilter::setListening(bool listening) {
    m_listening = listening;
    if (!listening) clear();
}

bool ScanFilter::eventFilter(QObject* watched, QEvent* event) {
    // A key goes to the window first, then to the item in focus: it is taken once, at the window.
    if (m_listening && event->type() == QEvent::KeyPress && watched->isWindowType()) {
        if (take(*static_cast<QKeyEvent*>(event))) return true;
    }
    return QObject::eventFilter(watched, event);
}

bool ScanFilter::take(const QKeyEvent& key) {
    const QString text = key.text();
    const bool separator = text == QLatin1Char(workflow::kGs);  // Ctrl-] is how scanners type it
    if (!separator && key.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) return false;
    const bool begun = !m_typed.isEmpty() || m_tooLong;
    // A key held down, or one that a busy display server thinks is, must not change what a label says.
    if (key.isAutoRepeat()) return begun;

    switch (key.key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab: {
            if (!begun) return false;
            const QString scan = m_typed;
            const bool dropped = m_tooLong;
            clear();
            if (dropped) {
                Q_EMIT tooLong();
            } else {
                Q_EMIT scanned(scan);
            }
            return true;
        }
        case Qt::Key_Escape:
            clear();
            return begun;
        case Qt::Key_Backspace:
            if (m_typed.isEmpty()) return begun;
            m_typed.chop(1);
            Q_EMIT typedChanged();
            return true;
        default:
            break;
    }

    if (!separator && (text.isEmpty() || !std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); }))) return false;
    if (!begun && text == QStringLiteral(" ")) return false;
    m_stale.start();
    if (m_typed.size() + text.size() > kLongest) {
        m_tooLong = true;
        m_typed.clear();
    }
    if (!m_tooLong) m_typed += text;
    Q_EMIT typedChanged();
    return true;
}

void ScanFilter::clear() {
    m_stale.stop();
    m_tooLong = false;
    if (m_typed.isEmpty()) return;
    m_typed.clear();
    Q_EMIT typedChanged();
}

}  // namespace keystamp::viewmodel
