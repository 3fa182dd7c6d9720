// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QAbstractListModel>
#include <vector>

#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The lines of a preflight, in the order in which they ended. GUI thread.
class ChecksModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a PreflightController has one")
    Q_PROPERTY(int count READ count NOTIFY countChanged)

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

    explicit ChecksModel(QObject* parent = nullptr) : QAbstractListModel(parent) {}

    void clear();
    void add(const workflow::Check& check);
    int count() const { return static_cast<int>(m_checks.size()); }
    int countOf(Look look) const;

    /// The language is another one.
    void reword();
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

Q_SIGNALS:
    void countChanged();

private:
    std::vector<workflow::Check> m_checks;
};

}  // namespace keystamp::viewmodel
