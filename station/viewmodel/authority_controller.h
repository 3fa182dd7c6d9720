// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <functional>
#include <string>

#include "hsm/signer.h"
#include "station/viewmodel/background.h"
#include "station/viewmodel/pin_controller.h"

namespace keystamp::viewmodel {

/// A supervisor's passphrase for one act: the act in words, the passphrase as it is entered, and what the act says to it. Each submission
/// is one try; a wrong one may be entered again, as soon as the signer takes it. A new passphrase is entered twice. GUI thread; the act runs
/// in the background.
class AuthorityController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// A passphrase is wanted: the pad stands over the page.
    Q_PROPERTY(bool asking READ asking NOTIFY changed)
    Q_PROPERTY(QString act READ act NOTIFY changed)
    /// Whose passphrase is to be entered now, in a sentence.
    Q_PROPERTY(QString wanted READ wanted NOTIFY changed)
    /// The act is being done: nothing can be entered or taken back.
    Q_PROPERTY(bool working READ working NOTIFY changed)
    /// Why it was not done, and the signer's own words; else empty.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(keystamp::viewmodel::PinController* entry READ entry CONSTANT)

public:
    using Work = std::function<Result<void>(const hsm::Authority&)>;

    explicit AuthorityController(Background& background, QObject* parent = nullptr);

    bool asking() const { return m_asking; }
    QString act() const { return m_act; }
    QString wanted() const;
    bool working() const { return m_working; }
    QString trouble() const;
    QString detail() const { return m_error ? QString::fromStdString(m_error->detail) : QString{}; }
    PinController* entry() { return &m_entry; }

    /// Asks for it. `work` is called on a background thread, once a submission; `done` here, when it has succeeded. Nothing happens while
    /// another act is being done; one that only waits for its passphrase is taken back.
    void ask(const QString& act, const std::string& supervisor, Work work, std::function<void()> done);
    /// The same with a passphrase that is chosen now: of kShortestPassphrase at least, and entered twice.
    void askNew(const QString& act, const std::string& supervisor, Work work, std::function<void()> done);
    /// Nothing is done. Too late while it is being done.
    Q_INVOKABLE void cancel();

    /// For the self-test.
    void show(const QString& act, const std::string& supervisor, std::optional<Error> error);
    /// A new passphrase, entered so often; whether it differed.
    void showNew(const QString& act, const std::string& supervisor, bool again, bool differed);
    void reword() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();

private:
    enum class Entry { Known, New, Again };
    enum class Fault { None, Short, Differs };

    void begin(const QString& act, const std::string& supervisor, Work work, std::function<void()> done, Entry entry);
    void submit();
    /// Whether what was entered is a passphrase to do the act with.
    bool isWhole(const Secret& entered);
    void finish(const Result<void>& result);
    void set(bool asking, bool working);

    Background& m_background;
    PinController m_entry;
    QString m_act;
    std::string m_supervisor;
    Work m_work;
    std::function<void()> m_done;
    Entry m_wanted = Entry::Known;
    Secret m_first;  ///< until it was entered again
    Fault m_fault = Fault::None;
    bool m_asking = false;
    bool m_working = false;
    std::optional<Error> m_error;
};

}  // namespace keystamp::viewmodel
