// SPDX-License-Identifier: Apache-2.0
#include "station/kiosk/contact_sheet.h"

#include <QPainter>

namespace keystamp::kiosk {
namespace {

constexpr int kColumns = 8, kWidth = 320, kHeight = 220, kName = 16, kGap = 6;  // pixels

}  // namespace

void ContactSheet::add(const std::string& name, const QImage& picture) {
    m_pictures.emplace_back(name, picture.scaled(kWidth, kHeight, Qt::KeepAspectRatio, Qt::SmoothTransformation));
}

bool ContactSheet::save(const std::string& file) {
    const int rows = (static_cast<int>(m_pictures.size()) + kColumns - 1) / kColumns;
    QImage sheet{kColumns * (kWidth + kGap) + kGap, rows * (kHeight + kName + kGap) + kGap, QImage::Format_RGB32};
    sheet.fill(Qt::white);
    QPainter painter{&sheet};
    for (int n = 0; const auto& [name, picture] : m_pictures) {
        const int x = kGap + n % kColumns * (kWidth + kGap);
        const int y = kGap + n / kColumns * (kHeight + kName + kGap);
        painter.drawImage(x + (kWidth - picture.width()) / 2, y, picture);
        painter.drawText(QRect{x, y + kHeight, kWidth, kName}, Qt::AlignCenter, QString::fromStdString(name));
        ++n;
    }
    painter.end();
    m_pictures.clear();
    return sheet.save(QString::fromStdString(file));
}

}  // namespace keystamp::kiosk
