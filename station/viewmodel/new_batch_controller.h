// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QStringList>
#include <QVariantList>
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "db/key_list.h"
#include "station/viewmodel/authority_controller.h"
#include "station/viewmodel/background.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The page on which a supervisor opens a batch: what it is called, for which cloud, whose IDs, how many; then the passphrase. Lines are
/// filled by keys on the screen, by a keyboard or by a scan; those that the newest batch can give are filled with what follows it.
/// GUI thread; journal, signer and lists are read in the background.
class NewBatchController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// Maps of `line` (a value of Line), `name` and `value`, those that matter for the mode and where the IDs are from.
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed)
    /// The line that is written to.
    Q_PROPERTY(int at READ at WRITE setAt NOTIFY changed)
    Q_PROPERTY(int mode READ mode WRITE setMode NOTIFY changed)
    /// Every mode in words, in the order of Mode.
    Q_PROPERTY(QStringList modes READ modes NOTIFY changed)
    /// A list's path, instead of a pattern; empty: the pattern.
    Q_PROPERTY(QString list READ list WRITE setList NOTIFY changed)
    /// There is a supervisor whose passphrase would open it.
    Q_PROPERTY(bool mayOpen READ mayOpen NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    /// Why it cannot be opened so; `detail` says where.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)

public:
    enum Line { Name, Scope, Pattern, First, Count, Spare, kLines };
    Q_ENUM(Line)

    NewBatchController(Background& background, AuthorityController& authority, QObject* parent = nullptr);

    QVariantList lines() const;
    int at() const { return m_at; }
    void setAt(int line);
    int mode() const { return static_cast<int>(m_mode); }
    void setMode(int mode);
    QStringList modes() const;
    QString list() const { return m_list; }
    void setList(const QString& path);
    bool busy() const { return m_busy; }
    QString trouble() const;
    QString detail() const { return m_error ? QString::fromStdString(m_error->detail) : QString{}; }

    void setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }
    /// Who opens it; nobody: nobody may.
    void setSupervisor(const std::optional<std::string>& name);
    bool mayOpen() const { return m_supervisor.has_value(); }
    /// Empty lines, but for what the newest batch gives.
    void begin();

    /// Printable ASCII, by its code, at the end of the line that is written to.
    Q_INVOKABLE void key(int code);
    Q_INVOKABLE void eraseLast();
    /// A scan or what was typed with Enter: the whole of the line; the next one is written to then.
    void give(const QString& text);
    /// Checked first; the passphrase is asked for where nothing speaks against it.
    Q_INVOKABLE void order();

    /// For the self-test.
    void show(const std::array<QString, kLines>& values, const std::optional<Error>& error);

Q_SIGNALS:
    void changed();
    /// It is open.
    void made(const QString& name);

private:
    struct Order {
        workflow::BatchOrder order;
        std::optional<db::KeyList> keys;
    };
    /// On a background thread: with its list read, and nothing speaking against it.
    static Result<std::shared_ptr<Order>> prepare(workflow::Station& station, const db::Batch& wanted, const std::string& list, const workflow::BatchWishes& wishes);
    bool shows(Line line) const;
    void ask(const std::shared_ptr<Order>& order);
    void refuse(const std::optional<Error>& error);

    Background& m_background;
    AuthorityController& m_authority;
    std::shared_ptr<workflow::Station> m_station;
    std::optional<std::string> m_supervisor;
    std::array<QString, kLines> m_values;
    Line m_at = Name;
    Mode m_mode = Mode::X509;
    QString m_list;
    bool m_busy = false;
    std::optional<Error> m_error;
};

}  // namespace keystamp::viewmodel
