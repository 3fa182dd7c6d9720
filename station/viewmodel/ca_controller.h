// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QVariantList>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "station/viewmodel/authority_controller.h"
#include "station/viewmodel/background.h"
#include "station/workflow/ca_proof.h"
#include "station/workflow/ca_validity.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// The page of the CAs: which there are and for how long; one is proven to a cloud (its code, where the files go, the passphrase), new batches are
/// rolled to the other one. A supervisor's. GUI thread; signer and memory sticks are asked in the background.
class CaController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// There is a supervisor whose passphrase would do it.
    Q_PROPERTY(bool mayOpen READ mayOpen NOTIFY changed)
    /// Maps of `slot`, `title`, `subject`, `thumbprint`, `ends`, `left` and `share` (of its life), `soon` (what is to be done), `active`, `mayVerify`, `mayRoll`.
    Q_PROPERTY(QVariantList cas READ cas NOTIFY changed)
    Q_PROPERTY(Step step READ step NOTIFY changed)
    /// The question of the step, with the CA in it.
    Q_PROPERTY(QString question READ question NOTIFY changed)
    /// What is done in the portal meanwhile.
    Q_PROPERTY(QString portal READ portal NOTIFY changed)
    /// The code, a line as on other pages.
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed)
    /// What is being written, while nothing else may be; else empty.
    Q_PROPERTY(QString busy READ busy NOTIFY changed)
    /// What was done, or why not; `detail` in the signer's own words.
    Q_PROPERTY(QString said READ said NOTIFY changed)
    Q_PROPERTY(QString detail READ detail NOTIFY changed)
    Q_PROPERTY(bool bad READ bad NOTIFY changed)

public:
    /// Cards; the code is written; where the files go; whether to roll.
    enum Step { Cards, Code, Place, Rolling };
    Q_ENUM(Step)

    CaController(Background& background, AuthorityController& authority, QObject* parent = nullptr);

    bool mayOpen() const { return m_supervisor.has_value(); }
    QVariantList cas() const;
    Step step() const { return m_step; }
    QString question() const;
    QString portal() const;
    QVariantList lines() const;
    QString busy() const { return m_busy; }
    QString said() const { return m_said; }
    QString detail() const { return m_detail; }
    bool bad() const { return m_bad; }

    void setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }
    /// Who does it; nobody: nobody may.
    void setSupervisor(const std::optional<std::string>& name);
    /// The cards, as the signer has them now.
    void open();

    Q_INVOKABLE void verify(int slot);
    Q_INVOKABLE void key(int code);
    Q_INVOKABLE void eraseLast();
    /// What was typed with Enter, or scanned: the whole code.
    void give(const QString& text);
    /// The code is all of it: where the files go is asked then.
    Q_INVOKABLE void enough();
    /// There is no code yet: the portal gives one for the CA's certificate, which is written alone.
    Q_INVOKABLE void onlyCa();
    /// Files go to this folder, a memory stick's; to the station's own where it is empty.
    Q_INVOKABLE void writeTo(const QString& folder);
    /// Asks whether to; the passphrase is asked for by `roll`.
    Q_INVOKABLE void askRoll(int slot);
    Q_INVOKABLE void roll();
    /// A step back; from the first one to the cards.
    Q_INVOKABLE void cancel();

    /// Also for the self-test.
    void show(const hsm::SignerStatus& status);
    void say(const QString& said, bool bad, const QString& detail = {});

Q_SIGNALS:
    void changed();

private:
    const hsm::CaInfo* ca() const { return m_status ? workflow::caOf(*m_status, m_slot) : nullptr; }
    static QString dayOf(UtcTime time);
    QString titleOf(Slot slot) const;
    QString leftOf(const workflow::CaValidity& validity) const;
    /// What is to be done with it, and when.
    QString soonOf(const hsm::CaInfo& ca, const workflow::CaValidity& validity, const workflow::CaPlan& plan) const;
    void go(Step step);
    void refuse(const Error& error);
    void look();
    /// Writes the CA's certificate, which shows whether the medium takes anything; then `then`.
    void writeCa(const std::string& folder, const QString& busy, std::function<void(const std::string&)> then);
    void prove(const std::string& folder);

    Background& m_background;
    AuthorityController& m_authority;
    std::shared_ptr<workflow::Station> m_station;
    std::optional<std::string> m_supervisor;
    std::optional<hsm::SignerStatus> m_status;
    Step m_step = Cards;
    Slot m_slot = Slot::Primary;
    QString m_code;
    bool m_onlyCa = false;
    bool m_toStick = false;
    QString m_busy, m_said, m_detail;
    bool m_bad = false;
};

}  // namespace keystamp::viewmodel
