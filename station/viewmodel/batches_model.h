// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QAbstractListModel>
#include <vector>

#include "db/records.h"

namespace keystamp::viewmodel {

/// Open batches, newest first. GUI thread.
class BatchesModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a BatchesController has one")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,  ///< name
        ModeRole,                     ///< mode: "Certificate"
        ScopeRole,                    ///< scope: the ID scope it is for
        RecordedRole,                 ///< recorded: units done
        OrderedRole,                  ///< ordered: units wanted
        UnresolvedRole,               ///< unresolved: units that wait for their board
        ShareRole,                    ///< share: recorded of ordered, 0 to 1
    };
    Q_ENUM(Role)

    explicit BatchesModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    /// Of all batches the open ones.
    void set(const std::vector<db::BatchProgress>& all);
    bool contains(const QString& name) const;

    int count() const { return static_cast<int>(m_batches.size()); }
    /// The language is another one.
    void reword();
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    std::vector<db::BatchProgress> m_batches;
};

}  // namespace keystamp::viewmodel
