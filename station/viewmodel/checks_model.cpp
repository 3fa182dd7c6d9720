// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/checks_model.h"

#include <algorithm>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

ChecksModel::Look lookOf(const workflow::Check& check) {
    if (!check.good) return ChecksModel::Bad;
    return check.nextStep.empty() ? ChecksModel::Good : ChecksModel::Soon;
}

}  // namespace

void ChecksModel::clear() {
    beginResetModel();
    m_checks.clear();
    endResetModel();
    Q_EMIT countChanged();
}

void ChecksModel::add(const workflow::Check& check) {
    beginInsertRows({}, count(), count());
    m_checks.push_back(check);
    endInsertRows();
    Q_EMIT countChanged();
}

int ChecksModel::countOf(Look look) const {
    return static_cast<int>(std::ranges::count_if(m_checks, [look](const auto& check) { return lookOf(check) == look; }));
}

QVariant ChecksModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) return {};
    const workflow::Check& check = m_checks[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case NameRole:
            return textOf(check).what;
        case LookRole:
            return lookOf(check);
        case WordRole:
            switch (lookOf(check)) {
                case Good:
                    return tr("good", "a line of the preflight");
                case Soon:
                    return tr("soon", "a line of the preflight: good for today, to be seen to before long");
                case Bad:
                    return tr("BAD", "a line of the preflight: the shift must not start");
            }
            return {};
        case FoundRole:
            return textOf(check).found;
        case NextRole:
            return textOf(check).next;
        default:
            return {};
    }
}

QHash<int, QByteArray> ChecksModel::roleNames() const {
    return {{NameRole, "name"}, {LookRole, "look"}, {WordRole, "word"}, {FoundRole, "found"}, {NextRole, "next"}};
}

}  // namespace keystamp::viewmodel
