// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QElapsedTimer>
#include <QTimer>
#include <vector>

#include "station/viewmodel/rows_model.h"
#include "station/workflow/line.h"

namespace keystamp::viewmodel {

/// The fixtures as tiles, in the order of the configuration. GUI thread; statuses come here by queued calls.
class TilesModel : public keystamp::viewmodel::RowsModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a LineController has one")

public:
    /// What a tile looks like. One of these and no other: a page switches on it and decides nothing.
    /// Refused: a rule said no to the last scan; nothing was issued, and it is no verdict on the board.
    enum Look { Offline, Empty, Waiting, Working, Refused, Pass, Fail, Error, Stopped };
    Q_ENUM(Look)

    enum Role {
        FixtureRole = Qt::UserRole + 1,  ///< fixture: its name
        LookRole,                        ///< look
        JudgedRole,                      ///< judged: there is a verdict, which fills the tile
        WordRole,                        ///< word: PASS ..., or what to do: "Put a board on"
        UnitRole,                        ///< unit: device ID, or the scan before there is one
        BoardRole,                       ///< board: its UID
        StepsRole,                       ///< steps: how many of kSteps are reached
        WorkRole,                        ///< work: what is being done now
        ElapsedRole,                     ///< elapsed: "4.2 s", empty while idle
        CauseRole,                       ///< cause: one sentence, where something went wrong
        NextRole,                        ///< next: one sentence, what to do
        DetailRole,                      ///< detail: for the engineer
        SelectedRole,                    ///< selected: the next scan is for this one
        OpenRole,                        ///< open: a FAIL or ERROR that nobody has acknowledged
        HaltedRole,                      ///< halted: it takes no more scans until a person takes it up again; cause and next say why
        LabelRole,                       ///< label: it takes no other board until this one's label was scanned
    };
    Q_ENUM(Role)

    /// RESERVED, INTENDED, ISSUED, WRITTEN, VERIFIED, RECORDED
    static constexpr int kSteps = 6;

    explicit TilesModel(QObject* parent = nullptr);

    /// Empty tiles of these names; what was there is dropped.
    void reset(const std::vector<std::string>& fixtures);
    /// A change of one fixture; one that is not here, or of a job before the one shown, is dropped.
    /// Gives a verdict that was not shown before, once.
    std::optional<db::Verdict> apply(const workflow::FixtureStatus& status);
    /// The one fixture that the next scan is for; empty: none.
    void select(const std::string& fixture);
    /// Whether there was an open verdict.
    bool acknowledge(const std::string& fixture);
    /// It takes scans again.
    void takeUpAgain(const std::string& fixture);
    bool anyWorking() const;
    bool anyOpen() const;

    int count() const override { return static_cast<int>(m_tiles.size()); }
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

private:
    struct Tile {
        workflow::FixtureStatus status;
        QElapsedTimer since;  ///< of the last status, for the time that runs on between two
        bool selected = false;
        bool open = false;
        std::optional<std::uint64_t> acknowledged;  ///< job whose verdict was
    };
    static bool judged(const Tile& tile);
    static Look look(const Tile& tile);
    static QString word(const Tile& tile);
    static int steps(const Tile& tile);
    static QString elapsed(const Tile& tile);
    static QString cause(const Tile& tile);
    static QString next(const Tile& tile);
    int row(const std::string& fixture) const;
    void changed(int row, const QList<int>& roles = {});
    void tick();

    std::vector<Tile> m_tiles;
    QTimer m_tick;
};

}  // namespace keystamp::viewmodel
