// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/new_batch_controller.h"

#include <fmt/format.h>

#include <algorithm>

#include "db/id_list.h"
#include "station/viewmodel/texts.h"
#include "station/viewmodel/typed_text.h"

namespace keystamp::viewmodel {
namespace {

/// Nothing where it is no whole number of a size that a batch can have.
std::optional<std::uint64_t> numberOf(const QString& text) {
    bool good = false;
    const qulonglong number = text.toULongLong(&good);
    return good ? std::optional<std::uint64_t>{number} : std::nullopt;
}

Error noNumber(const char* what, const QString& text) {
    return Error{ErrorCode::BadUsage, fmt::format("{}: \"{}\" is no whole number", what, text.toStdString())};
}

}  // namespace

NewBatchController::NewBatchController(Background& background, AuthorityController& authority, QObject* parent)
    : QObject(parent), m_background(background), m_authority(authority) {}

void NewBatchController::setSupervisor(const std::optional<std::string>& name) {
    m_supervisor = name;
    Q_EMIT changed();
}

void NewBatchController::begin() {
    m_values = {};
    m_at = Name;
    m_mode = Mode::X509;
    m_list.clear();
    refuse({});
    if (!m_station) return;
    m_background.run(
        this, [station = m_station] { return station->journal->batches(); },
        [this](const Result<std::vector<db::BatchProgress>>& all) {
            if (!all || all->empty()) return;
            const auto newest = std::max_element(all->begin(), all->end(), [](const auto& a, const auto& b) { return a.batch.createdAt < b.batch.createdAt; });
            const db::Batch& batch = newest->batch;
            m_values[Scope] = QString::fromStdString(batch.scopeId);
            if (batch.mode != Mode::Imported) m_mode = batch.mode;
            if (!batch.pattern.empty()) {
                m_values[Pattern] = QString::fromStdString(batch.pattern);
                m_values[First] = QString::number(batch.first + batch.cap());
            }
            Q_EMIT changed();
        });
}

bool NewBatchController::shows(Line line) const {
    if (line == Pattern || line == First) return m_list.isEmpty();
    return true;
}

QVariantList NewBatchController::lines() const {
    const std::array<QString, kLines> names{tr("Name", "line of a new batch"), tr("ID scope", "line of a new batch"),
                                            tr("Device IDs, {seq:06} is the number", "line of a new batch: the pattern"), tr("First number", "line of a new batch"),
                                            tr("How many", "line of a new batch"), tr("Spare; empty: a tenth, at least 5", "line of a new batch")};
    QVariantList all = linesOf(names, m_values);
    all.removeIf([this](const QVariant& one) { return !shows(static_cast<Line>(one.toMap().value(QStringLiteral("line")).toInt())); });
    return all;
}

void NewBatchController::setAt(int line) {
    if (line < Name || line >= kLines || !shows(static_cast<Line>(line))) return;
    m_at = static_cast<Line>(line);
    Q_EMIT changed();
}

void NewBatchController::setMode(int mode) {
    m_mode = static_cast<Mode>(mode);
    refuse({});
}

QStringList NewBatchController::modes() const {
    return {viewmodel::textOf(Mode::X509), viewmodel::textOf(Mode::Sas), viewmodel::textOf(Mode::Imported)};
}

void NewBatchController::setList(const QString& path) {
    m_list = path;
    if (!shows(m_at)) m_at = Count;
    refuse({});
}

QString NewBatchController::trouble() const { return m_error ? lineOf(m_error->code) : QString{}; }

void NewBatchController::key(int code) {
    addTyped(m_values[m_at], code);
    Q_EMIT changed();
}

void NewBatchController::eraseLast() {
    m_values[m_at].chop(1);
    Q_EMIT changed();
}

void NewBatchController::give(const QString& text) {
    m_values[m_at] = text.left(kLongestTyped);
    for (int next = m_at + 1; next < kLines; ++next) {
        if (!shows(static_cast<Line>(next))) continue;
        m_at = static_cast<Line>(next);
        break;
    }
    Q_EMIT changed();
}

Result<std::shared_ptr<NewBatchController::Order>> NewBatchController::prepare(workflow::Station& station, const db::Batch& wanted, const std::string& list,
                                                                               const workflow::BatchWishes& wishes) {
    auto made = std::make_shared<Order>();
    made->order.batch = wanted;
    if (wanted.mode == Mode::Imported) {
        if (list.empty()) return Error{ErrorCode::BadUsage, "imported keys come from a list: IoT Central's export on a memory stick"};
        auto keys = db::KeyList::read(list, Slot::Primary);
        if (!keys) return keys.error();
        made->keys.emplace(*std::move(keys));
        made->order.ids = made->keys->ids();
        made->order.keys = &*made->keys;
    } else if (!list.empty()) {
        auto ids = db::readIdList(list);
        if (!ids) return ids.error();
        made->order.ids = *std::move(ids);
    }
    if (auto good = workflow::completeOrder(station, made->order, wishes); !good) return good.error();
    return made;
}

void NewBatchController::order() {
    if (!m_station || !m_supervisor || m_busy) return;
    db::Batch wanted;
    wanted.name = m_values[Name].trimmed().toStdString();
    wanted.mode = m_mode;
    wanted.scopeId = m_values[Scope].trimmed().toStdString();
    const QString countText = m_values[Count].trimmed(), spareText = m_values[Spare].trimmed();
    // a list says how many itself
    const workflow::BatchWishes wishes{numberOf(countText), numberOf(spareText), std::nullopt};
    if (!wishes.count && !(countText.isEmpty() && !m_list.isEmpty())) return refuse(noNumber("how many", countText));
    if (!wishes.spare && !spareText.isEmpty()) return refuse(noNumber("spare", spareText));
    if (m_list.isEmpty()) {
        wanted.pattern = m_values[Pattern].trimmed().toStdString();
        const auto first = numberOf(m_values[First].trimmed());
        if (!first) return refuse(noNumber("first number", m_values[First]));
        wanted.first = *first;
    }
    m_busy = true;
    refuse({});
    m_background.run(
        this, [station = m_station, wanted, list = m_list.toStdString(), wishes] { return prepare(*station, wanted, list, wishes); },
        [this](const Result<std::shared_ptr<Order>>& prepared) {
            m_busy = false;
            if (!prepared) return refuse(prepared.error());
            refuse({});
            ask(*prepared);
        });
}

void NewBatchController::ask(const std::shared_ptr<Order>& order) {
    if (!m_supervisor) return;
    const db::Batch& batch = order->order.batch;
    const QString name = QString::fromStdString(batch.name);
    const QString act = tr("Batch %1: %2 units, %3 spare, for ID scope %4", "%1 to %4: what a supervisor opens")
                            .arg(name).arg(batch.count).arg(batch.spare).arg(QString::fromStdString(batch.scopeId));
    m_authority.ask(
        act, *m_supervisor, [station = m_station, order](const hsm::Authority& authority) { return workflow::createBatch(*station, order->order, authority); },
        [this, name] { Q_EMIT made(name); });
}

void NewBatchController::refuse(const std::optional<Error>& error) {
    m_error = error;
    Q_EMIT changed();
}

void NewBatchController::show(const std::array<QString, kLines>& values, const std::optional<Error>& error) {
    m_values = values;
    refuse(error);
}

}  // namespace keystamp::viewmodel
