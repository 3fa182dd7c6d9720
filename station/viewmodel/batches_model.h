// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include "db/records.h"
#include "station/viewmodel/rows_model.h"

namespace keystamp::viewmodel {

/// Batches, newest first: the open ones, or all of them. GUI thread.
class BatchesModel : public keystamp::viewmodel::RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a BatchesController has one")

public:
    enum Role {
        NameRole = Qt::UserRole + 1,  ///< name
        ModeRole,                     ///< mode: "Certificate"
        ScopeRole,                    ///< scope: the ID scope it is for
        RecordedRole,                 ///< recorded: units done
        OrderedRole,                  ///< ordered: units wanted
        UnresolvedRole,               ///< unresolved: units that wait for their board
        ShareRole,                    ///< share: recorded of ordered, 0 to 1
        StateRole,                    ///< state: a word for one that is not open
    };
    Q_ENUM(Role)

    explicit BatchesModel(QObject* parent = nullptr) : RowsModel(parent) {}

    void set(const std::vector<db::BatchProgress>& all, bool onlyOpen);
    /// Whether an open one has this name.
    bool hasOpen(const QString& name) const;

    int count() const override { return static_cast<int>(m_batches.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<db::BatchProgress> m_batches;
};

}  // namespace keystamp::viewmodel
