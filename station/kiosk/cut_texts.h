// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

class QQuickItem;

namespace keystamp::kiosk {

/// Visible texts below `item` of which not all can be read: elided, wider or higher than their place, or reaching out of what they lie in.
/// Names that a person gave or a machine made (device IDs, batches: typeset in the monospaced face) may be elided.
QStringList cutTexts(const QQuickItem& item);

}  // namespace keystamp::kiosk
