// SPDX-License-Identifier: Apache-2.0
#include "station/kiosk/cut_texts.h"

#include <QFont>
#include <QQuickItem>
#include <QQuickWindow>

namespace keystamp::kiosk {
namespace {

constexpr qreal kSlack = 1;  // pixels: sizes are rounded

bool isCut(const QQuickItem& text) {
    const QFont font = text.property("font").value<QFont>();
    if (text.property("truncated").toBool()) return !font.family().contains(QStringLiteral("Mono"));
    // a script that comes from another font may have higher lines than its place was measured for; nothing of the signs is lost by that
    const qreal line = kSlack + 0.3 * font.pixelSize();
    return text.property("contentWidth").toReal() > text.width() + kSlack || text.property("contentHeight").toReal() > text.height() + line;
}

/// What scrolls may lie beyond its view.
bool scrolls(const QQuickItem& item) {
    for (const QQuickItem* each = &item; each != nullptr; each = each->parentItem()) {
        if (each->inherits("QQuickFlickable")) return true;
    }
    return false;
}

bool reachesOut(const QQuickItem& text) {
    const QRectF place = text.mapRectToScene(QRectF{0, 0, text.width(), text.height()});
    const QRectF window{0, 0, static_cast<qreal>(text.window()->width()), static_cast<qreal>(text.window()->height())};
    return !window.adjusted(-kSlack, -kSlack, kSlack, kSlack).contains(place) && !scrolls(text);
}

}  // namespace

QStringList cutTexts(const QQuickItem& item) {
    QStringList found;
    if (!item.isVisible()) return found;
    if (item.inherits("QQuickText") && !item.property("text").toString().isEmpty() && (isCut(item) || reachesOut(item))) {
        found.push_back(item.property("text").toString());
    }
    for (const QQuickItem* child : item.childItems()) found += cutTexts(*child);
    return found;
}

}  // namespace keystamp::kiosk
