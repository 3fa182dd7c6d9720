// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/batches_model.h"

#include <algorithm>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

void BatchesModel::set(const std::vector<db::BatchProgress>& all, bool onlyOpen) {
    beginResetModel();
    m_batches.clear();
    std::copy_if(all.begin(), all.end(), std::back_inserter(m_batches),
                 [onlyOpen](const db::BatchProgress& one) { return !onlyOpen || one.batch.state == db::BatchState::Open; });
    std::stable_sort(m_batches.begin(), m_batches.end(), [](const db::BatchProgress& a, const db::BatchProgress& b) {
        return a.batch.createdAt > b.batch.createdAt;
    });
    endResetModel();
    Q_EMIT countChanged();
}

bool BatchesModel::hasOpen(const QString& name) const {
    return std::any_of(m_batches.begin(), m_batches.end(),
                       [plain = name.toStdString()](const db::BatchProgress& one) {
        return one.batch.name == plain && one.batch.state == db::BatchState::Open;
    });
}

QVariant BatchesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const auto& [batch, recorded, unresolved, voided, failed, extension] = m_batches[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case NameRole:
            return QString::fromStdString(batch.name);
        case ModeRole:
            return textOf(batch.mode);
        case ScopeRole:
            return QString::fromStdString(batch.scopeId);
        case RecordedRole:
            return static_cast<int>(recorded);
        case OrderedRole:
            return static_cast<int>(batch.count);
        case UnresolvedRole:
            return static_cast<int>(unresolved);
        case ShareRole:
            return batch.count == 0 ? 0.0
                                    : std::min(1.0, static_cast<double>(recorded) / static_cast<double>(batch.count));
        case StateRole:
            return batch.state == db::BatchState::Open ? QString{} : textOf(batch.state);
        default:
            return {};
    }
}

QHash<int, QByteArray> BatchesModel::roleNames() const {
    return {{NameRole, "name"},         {ModeRole, "mode"},       {ScopeRole, "scope"},
            {RecordedRole, "recorded"}, {OrderedRole, "ordered"}, {UnresolvedRole, "unresolved"},
            {ShareRole, "share"},       {StateRole, "state"}};
}

}  // namespace keystamp::viewmodel
