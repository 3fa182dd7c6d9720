// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/first_run_controller.h"

#include "station/viewmodel/texts.h"
#include "station/viewmodel/typed_text.h"

namespace keystamp::viewmodel {
namespace {

constexpr QChar kDot{0x2022};

}  // namespace

FirstRunController::FirstRunController(Background& background, AuthorityController& authority, QObject* parent)
    : QObject(parent), m_background(background), m_authority(authority) {}

void FirstRunController::setStation(std::shared_ptr<workflow::Station> station) {
    m_station = std::move(station);
    m_known = m_station == nullptr;
    if (!m_station) return;
    m_background.run(
        this, [station = m_station] { return workflow::wantsFirstRun(*station); },
        [this](const Result<bool>& wanted) {
            m_known = true;
            m_active = wanted && *wanted;
            m_values[Scope] = QString::fromLatin1(workflow::kNobodysScope);
            begin(Welcome);
        });
}

void FirstRunController::setPerson(const std::optional<std::string>& supervisor, bool anybody) {
    const bool mine = supervisor && *supervisor == m_name;
    if (m_active && !mine && (anybody || !m_name.empty())) end();
}

void FirstRunController::begin(Step step) {
    m_step = step;
    m_at = step == TestUnit ? Scope : m_name.empty() ? Name : Badge;
    m_error.reset();
    Q_EMIT begun(step);
    Q_EMIT changed();
    if (step != TestUnit || !m_station) return;
    setBusy(true);
    m_background.run(
        this, [station = m_station] { return workflow::testModes(*station); },
        [this](const Result<std::vector<Mode>>& modes) {
            m_busy = false;
            m_modes = modes ? *modes : std::vector<Mode>{};
            m_mode = 0;
            say(modes ? std::nullopt : std::optional{modes.error()});
        });
}

void FirstRunController::goOn() {
    if (!mayGoOn()) return;
    if (m_step == TestUnit) {
        if (outcome() != Passed) return orderTest();
        m_active = false;
        Q_EMIT finished();
        Q_EMIT changed();
        return;
    }
    // who is enrolled and has scanned no other badge has nothing to do there
    if (m_step == Supervisor && (m_name.empty() || !m_values[Badge].isEmpty())) return offerSupervisor();
    begin(static_cast<Step>(m_step + 1));
}

void FirstRunController::goBack() {
    if (mayGoBack()) begin(static_cast<Step>(m_step - 1));
}

void FirstRunController::end() {
    m_active = false;
    Q_EMIT changed();
}

void FirstRunController::offerSupervisor() {
    struct Look {
        Result<void> fits;
        Result<bool> wanted;
    };
    const std::string name = m_name.empty() ? m_values[Name].trimmed().toStdString() : m_name;
    setBusy(true);
    m_background.run(
        this,
        [station = m_station, name, badge = m_values[Badge].toStdString()] {
            return Look{workflow::checkFirstSupervisor(name, asBytes(badge)), workflow::wantsFirstRun(*station)};
        },
        [this](const Look& look) {
            m_busy = false;
            if (m_name.empty() && look.wanted && !*look.wanted) return end();  // somebody else has begun meanwhile
            say(look.fits ? std::nullopt : std::optional{look.fits.error()});
            if (look.fits) askSupervisor();
        });
}

void FirstRunController::askSupervisor() {
    const auto person = std::make_shared<std::optional<db::Person>>();
    const auto keep = [person](Result<db::Person> found) -> Result<void> {
        if (!found) return found.error();
        *person = *std::move(found);
        return {};
    };
    const auto done = [this, person] {
        m_name = (*person)->name;
        m_values[Badge].clear();
        Q_EMIT enrolled(**person);
        begin(Scanner);
    };
    const std::string badge = m_values[Badge].toStdString();
    if (!m_name.empty()) {
        return m_authority.ask(
            tr("Another badge for %1", "a supervisor's act; %1: their name").arg(QString::fromStdString(m_name)), m_name,
            [station = m_station, badge, keep](const hsm::Authority& authority) { return keep(workflow::changeBadge(*station, asBytes(badge), authority)); }, done);
    }
    const QString name = m_values[Name].trimmed();
    m_authority.askNew(
        tr("First supervisor: %1", "what the first passphrase is for; %1: a person").arg(name), name.toStdString(),
        [station = m_station, badge, keep](const hsm::Authority& first) { return keep(workflow::enrolFirstSupervisor(*station, asBytes(badge), first)); }, done);
}

void FirstRunController::orderTest() {
    m_end.reset();
    setBusy(true);
    m_background.run(
        this,
        [station = m_station, mode = m_modes[static_cast<std::size_t>(m_mode)], scope = m_values[Scope].trimmed().toStdString()] {
            return workflow::testOrder(*station, mode, scope);
        },
        [this](const Result<workflow::BatchOrder>& order) {
            m_busy = false;
            say(order ? std::nullopt : std::optional{order.error()});
            if (order) askTest(*order);
        });
}

void FirstRunController::askTest(const workflow::BatchOrder& order) {
    const db::Batch& batch = order.batch;
    const QString name = QString::fromStdString(batch.name);
    m_authority.ask(
        tr("Batch %1: a unit to try the station with, for ID scope %2", "%1, %2: what a supervisor opens").arg(name, QString::fromStdString(batch.scopeId)),
        m_name, [station = m_station, order](const hsm::Authority& authority) { return workflow::createBatch(*station, order, authority); },
        [this, name] {
            m_batch = name.toStdString();
            Q_EMIT testWanted(name);
        });
}

void FirstRunController::lineLeft() {
    if (!m_active || m_batch.empty()) return;
    setBusy(true);
    m_background.run(
        this, [station = m_station, batch = std::exchange(m_batch, {}), who = m_name] { return workflow::endTest(*station, batch, who); },
        [this](const Result<workflow::TestEnd>& ended) {
            m_busy = false;
            if (ended) m_end = *ended;
            say(ended ? std::nullopt : std::optional{ended.error()});
        });
}

QVariantList FirstRunController::lines() const {
    const std::array<QString, kLines> names{tr("Name", "line of the first supervisor"), tr("Badge: scan it", "line of the first supervisor"),
                                            tr("ID scope of the cloud", "line of a test unit")};
    auto values = m_values;
    values[Badge].fill(kDot);  // it opens the kiosk to whoever has read it
    QVariantList all = linesOf(names, values);
    all.removeIf([this](const QVariant& one) { return !shows(static_cast<Line>(one.toMap().value(QStringLiteral("line")).toInt())); });
    return all;
}

bool FirstRunController::shows(Line line) const {
    if (line == Scope) return m_step == TestUnit && !m_modes.empty() && outcome() != Passed;
    return m_step == Supervisor && (line == Badge || m_name.empty());
}

void FirstRunController::setAt(int line) {
    if (line < Name || line >= kLines) return;
    m_at = static_cast<Line>(line);
    Q_EMIT changed();
}

void FirstRunController::give(const QString& text) {
    if (m_busy || (m_step != Supervisor && m_step != TestUnit)) return;
    // whoever has written the name and scans has their badge in the hand
    if (m_at == Name && !m_values[Name].isEmpty()) m_at = Badge;
    m_values[m_at] = text.left(kLongestTyped);
    if (m_at == Name) m_at = Badge;
    say({});
}

void FirstRunController::key(int code) {
    addTyped(m_values[m_at], code);
    Q_EMIT changed();
}

void FirstRunController::eraseLast() {
    m_values[m_at].chop(1);
    Q_EMIT changed();
}

void FirstRunController::setMode(int mode) {
    if (mode < 0 || mode >= static_cast<int>(m_modes.size())) return;
    m_mode = mode;
    Q_EMIT changed();
}

void FirstRunController::setChecking(bool checking) {
    if (std::exchange(m_checking, checking) != checking) Q_EMIT changed();
}

void FirstRunController::setBusy(bool busy) {
    m_busy = busy;
    say({});
}

void FirstRunController::say(std::optional<Error> error) {
    m_error = std::move(error);
    Q_EMIT changed();
}

void FirstRunController::show(const Sample& sample) {
    m_known = m_active = true;
    m_name = sample.enrolled;
    m_values = sample.values;
    m_modes = sample.modes;
    m_end = sample.end;
    begin(sample.step);
    say(sample.error);
}

}  // namespace keystamp::viewmodel
