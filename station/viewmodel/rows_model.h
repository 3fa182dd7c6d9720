// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QAbstractListModel>

namespace keystamp::viewmodel {

/// What the kiosk's list models have in common. They name it whole as their base: Qt's tools do not look it up in the namespace around it. GUI thread.
class RowsModel : public QAbstractListModel {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    using QAbstractListModel::QAbstractListModel;

    virtual int count() const = 0;
    int rowCount(const QModelIndex& parent = {}) const final { return parent.isValid() ? 0 : count(); }
    /// The language is another one.
    void reword() {
        if (count() > 0) Q_EMIT dataChanged(index(0), index(count() - 1));
    }

Q_SIGNALS:
    void countChanged();
};

}  // namespace keystamp::viewmodel
