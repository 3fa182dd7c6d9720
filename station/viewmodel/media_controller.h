// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QTimer>
#include <QVariantList>
#include <string>
#include <vector>

#include "station/viewmodel/background.h"
#include "station/workflow/media.h"

namespace keystamp::viewmodel {

/// The memory sticks that are in, looked for while a page shows them. GUI thread; a stick is asked in the background, for it may be slow.
class MediaController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// Maps of `folder`, `name` and `free`.
    Q_PROPERTY(QVariantList media READ media NOTIFY changed)
    /// The CSV files that lie on them: maps of `path` and `name`.
    Q_PROPERTY(QVariantList lists READ lists NOTIFY changed)

public:
    explicit MediaController(QObject* parent = nullptr);

    QVariantList media() const;
    QVariantList lists() const;
    void setShown(bool shown);
    void finish() { m_background.finish(); }

    /// Also for the self-test.
    void show(const std::vector<workflow::Medium>& media, const std::vector<std::string>& lists = {});

Q_SIGNALS:
    void changed();

private:
    void look();

    std::vector<workflow::Medium> m_media;
    std::vector<std::string> m_lists;
    QTimer m_again;
    bool m_looking = false;
    Background m_background;
};

}  // namespace keystamp::viewmodel
