// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QVariantList>
#include <vector>

#include "db/records.h"
#include "station/viewmodel/rows_model.h"

namespace keystamp::viewmodel {

/// What became of a device, an event a row, the newest first. GUI thread.
class LifeModel : public keystamp::viewmodel::RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a UnitController has one")

public:
    /// Plain: neither good nor bad.
    enum Look { Plain, Pass, Fail, Error, Stopped };
    Q_ENUM(Look)

    enum Role {
        TimeRole = Qt::UserRole + 1,  ///< time: "2026-11-29 14:02:11 UTC"
        LookRole,                     ///< look
        WordRole,                     ///< word: PASS, FAIL, "Begun", "Void"
        WhatRole,                     ///< what: where, by whom, and why
    };
    Q_ENUM(Role)

    explicit LifeModel(QObject* parent = nullptr) : RowsModel(parent) {}

    void set(const std::vector<db::Unit>& units, const std::vector<db::JobRecord>& jobs);
    /// Of a unit as it is now.
    static Look lookOf(const db::Unit& unit);

    int count() const override { return static_cast<int>(m_events.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Event {
        UtcTime time{};
        Look look = Plain;
        QString word, what;
    };
    static Event begunOf(const db::Unit& unit);
    static Event voidOf(const db::Unit& unit);
    static Event endOf(const db::JobRecord& job);

    std::vector<Event> m_events;
};

/// RECORDED, VOID, ...: for an operator.
QString stateOf(const db::Unit& unit);
/// Batch, board, credential and proof: maps of `name` and `value`.
QVariantList factsOf(const db::Unit& unit);

}  // namespace keystamp::viewmodel
