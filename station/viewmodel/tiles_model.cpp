// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/tiles_model.h"

#include <algorithm>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

using Phase = workflow::FixtureStatus::Phase;

TilesModel::TilesModel(QObject* parent) : RowsModel(parent) {
    m_tick.setInterval(200);
    connect(&m_tick, &QTimer::timeout, this, &TilesModel::tick);
}

void TilesModel::reset(const std::vector<std::string>& fixtures) {
    beginResetModel();
    m_tick.stop();
    m_tiles.clear();
    for (const auto& name : fixtures) {
        Tile tile;
        tile.status.fixture = name;
        m_tiles.push_back(std::move(tile));
    }
    endResetModel();
    Q_EMIT countChanged();
}

std::optional<db::Verdict> TilesModel::apply(const workflow::FixtureStatus& status) {
    const int at = row(status.fixture);
    if (at < 0) return std::nullopt;
    Tile& tile = m_tiles[static_cast<std::size_t>(at)];
    if (status.job < tile.status.job) return std::nullopt;
    const bool known = judged(tile) && tile.status.job == status.job;
    tile.status = status;
    tile.since.start();
    const Look now = look(tile);
    tile.open = (now == Fail || now == Error) && tile.acknowledged != status.job;
    if (status.phase == Phase::Working) tile.selected = false;
    changed(at);
    if (anyWorking()) {
        if (!m_tick.isActive()) m_tick.start();
    } else {
        m_tick.stop();
    }
    return judged(tile) && !known ? tile.status.verdict : std::nullopt;
}

void TilesModel::select(const std::string& fixture) {
    for (int at = 0; at < count(); ++at) {
        Tile& tile = m_tiles[static_cast<std::size_t>(at)];
        const bool selected = tile.status.fixture == fixture;
        if (std::exchange(tile.selected, selected) != selected) changed(at, {SelectedRole, WordRole});
    }
}

bool TilesModel::acknowledge(const std::string& fixture) {
    const int at = row(fixture);
    if (at < 0) return false;
    Tile& tile = m_tiles[static_cast<std::size_t>(at)];
    if (!std::exchange(tile.open, false)) return false;
    tile.acknowledged = tile.status.job;
    changed(at, {OpenRole});
    return true;
}

void TilesModel::takeUpAgain(const std::string& fixture) {
    const int at = row(fixture);
    if (at < 0) return;
    m_tiles[static_cast<std::size_t>(at)].status.stopped.reset();
    changed(at, {HaltedRole, CauseRole, NextRole});
}

bool TilesModel::anyWorking() const {
    return std::any_of(m_tiles.begin(), m_tiles.end(), [](const Tile& t) { return t.status.phase == Phase::Working; });
}

bool TilesModel::anyOpen() const {
    return std::any_of(m_tiles.begin(), m_tiles.end(), [](const Tile& t) { return t.open; });
}

bool TilesModel::judged(const Tile& tile) { return tile.status.phase == Phase::Done && tile.status.verdict; }

TilesModel::Look TilesModel::look(const Tile& tile) {
    switch (tile.status.phase) {
        case Phase::Offline:
            return Offline;
        case Phase::Empty:
            return Empty;
        case Phase::Waiting:
            return Waiting;
        case Phase::Working:
            return Working;
        case Phase::Done:
            break;
    }
    if (!tile.status.verdict) return Refused;
    switch (*tile.status.verdict) {
        case db::Verdict::Pass:
            return Pass;
        case db::Verdict::Fail:
            return Fail;
        case db::Verdict::Error:
            return Error;
        case db::Verdict::Aborted:
            return Stopped;
    }
    return Error;
}

QString TilesModel::word(const Tile& tile) {
    switch (look(tile)) {
        case Offline:
            return tr("Not connected", "a fixture whose cable is not there");
        case Empty:
            return tile.selected ? tr("Scan the board", "for this fixture") : tr("Put a board on");
        case Waiting:
            return tr("Scan the board", "for this fixture");
        case Working:
            return workOf(tile.status.step);
        case Refused:
            return tr("Not accepted", "a rule refused the scan; no verdict on the board");
        case Pass:
            return wordOf(db::Verdict::Pass);
        case Fail:
            return wordOf(db::Verdict::Fail);
        case Error:
            return wordOf(db::Verdict::Error);
        case Stopped:
            return wordOf(db::Verdict::Aborted);
    }
    return {};
}

int TilesModel::steps(const Tile& tile) {
    const auto& step = tile.status.step;
    if (!step) return 0;
    switch (*step) {
        case db::UnitState::Reserved:
            return 1;
        case db::UnitState::Intended:
            return 2;
        case db::UnitState::Issued:
            return 3;
        case db::UnitState::Written:
            return 4;
        case db::UnitState::Verified:
            return 5;
        case db::UnitState::Recorded:
            return kSteps;
        case db::UnitState::Void:
            return 0;
    }
    return 0;
}

QString TilesModel::elapsed(const Tile& tile) {
    if (tile.status.phase == Phase::Done) return tile.status.verdict ? textOf(tile.status.elapsed) : QString{};
    if (tile.status.phase != Phase::Working) return {};
    return textOf(tile.status.elapsed + std::chrono::milliseconds{tile.since.elapsed()});
}

QString TilesModel::cause(const Tile& tile) {
    const auto& status = tile.status;
    const QString once = status.error ? textOf(status.error->code).cause : QString{};
    if (status.labelAwaited && once.isEmpty()) return tr("Put the label on and scan it", "on a fixture's tile, after PASS");
    if (!status.stopped) return once;
    return tr("%1, %2 times in a row", "%1: what went wrong with a board").arg(textOf(status.stopped->cause).cause).arg(status.stopped->times);
}

QString TilesModel::next(const Tile& tile) {
    const auto& status = tile.status;
    if (status.labelAwaited && !status.error) return tr("Then the next board.", "after: put the label on and scan it");
    if (status.stopped) return tr("Fixture stopped: check contacts, cable and boards.", "beside a button Take up again");
    return status.error ? textOf(status.error->code).next : QString{};
}

int TilesModel::row(const std::string& fixture) const {
    const auto found =
        std::find_if(m_tiles.begin(), m_tiles.end(), [&](const Tile& t) { return t.status.fixture == fixture; });
    return found == m_tiles.end() ? -1 : static_cast<int>(found - m_tiles.begin());
}

void TilesModel::changed(int row, const QList<int>& roles) { Q_EMIT dataChanged(index(row), index(row), roles); }

void TilesModel::tick() {
    for (int at = 0; at < count(); ++at) {
        if (m_tiles[static_cast<std::size_t>(at)].status.phase == Phase::Working) changed(at, {ElapsedRole});
    }
}

QVariant TilesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const Tile& tile = m_tiles[static_cast<std::size_t>(index.row())];
    const auto& status = tile.status;
    switch (role) {
        case Qt::DisplayRole:
        case FixtureRole:
            return QString::fromStdString(status.fixture);
        case LookRole:
            return look(tile);
        case JudgedRole:
            return judged(tile);
        case WordRole:
            return word(tile);
        case UnitRole:
            return status.deviceId.empty() ? shown(status.scan) : QString::fromStdString(status.deviceId);
        case BoardRole:
            return QString::fromStdString(status.uid);
        case StepsRole:
            return steps(tile);
        case WorkRole:
            return status.phase == Phase::Working ? workOf(status.step) : QString{};
        case ElapsedRole:
            return elapsed(tile);
        case CauseRole:
            return cause(tile);
        case NextRole:
            return next(tile);
        case DetailRole:
            return status.error ? QString::fromStdString(status.error->detail) : QString{};
        case SelectedRole:
            return tile.selected;
        case OpenRole:
            return tile.open;
        case HaltedRole:
            return status.stopped.has_value();
        case LabelRole:
            return status.labelAwaited;
        default:
            return {};
    }
}

QHash<int, QByteArray> TilesModel::roleNames() const {
    return {{FixtureRole, "fixture"},   {LookRole, "look"},   {JudgedRole, "judged"}, {WordRole, "word"},
            {UnitRole, "unit"},         {BoardRole, "board"}, {StepsRole, "steps"},   {WorkRole, "work"},
            {ElapsedRole, "elapsed"},   {CauseRole, "cause"}, {NextRole, "next"},     {DetailRole, "detail"},
            {SelectedRole, "selected"}, {OpenRole, "open"},   {HaltedRole, "halted"},
            {LabelRole, "label"}};
}

}  // namespace keystamp::viewmodel
