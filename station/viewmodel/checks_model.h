// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <vector>

#include "station/viewmodel/rows_model.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The lines of a preflight, in the order in which they ended. GUI thread.
class ChecksModel : public keystamp::viewmodel::RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a PreflightController has one")

public:
    /// Soon: good for today, with something to do before long.
    enum Look { Good, Soon, Bad };
    Q_ENUM(Look)

    enum Role {
        NameRole = Qt::UserRole + 1,  ///< name: what was looked at
        LookRole,                     ///< look
        WordRole,                     ///< word: the look as a word
        FoundRole,                    ///< found: what was found
        NextRole,                     ///< next: what to do; empty where nothing is
    };
    Q_ENUM(Role)

    explicit ChecksModel(QObject* parent = nullptr) : RowsModel(parent) {}

    void clear();
    void add(const workflow::Check& check);
    int count() const override { return static_cast<int>(m_checks.size()); }
    int countOf(Look look) const;

    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    std::vector<workflow::Check> m_checks;
};

}  // namespace keystamp::viewmodel
