// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <QVariantList>
#include <array>
#include <memory>
#include <optional>
#include <string>

#include "station/viewmodel/authority_controller.h"
#include "station/workflow/station.h"

namespace keystamp::viewmodel {

/// A longer batch, by two supervisors: one writes how many more and why, another releases it; each with their passphrase. GUI thread.
class ExtensionController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    /// There is a supervisor, and the batch on its page may become longer.
    Q_PROPERTY(bool mayAsk READ mayAsk NOTIFY changed)
    /// The supervisor who is here did not ask for the one that waits.
    Q_PROPERTY(bool mayRelease READ mayRelease NOTIFY changed)
    /// What waits for its release, in a sentence; else empty.
    Q_PROPERTY(QString waits READ waits NOTIFY changed)
    /// It is being written.
    Q_PROPERTY(bool writing READ writing NOTIFY changed)
    /// Maps of `line` (a value of Line), `name` and `value`.
    Q_PROPERTY(QVariantList lines READ lines NOTIFY changed)
    Q_PROPERTY(int at READ at WRITE setAt NOTIFY changed)
    /// Why it cannot be asked for so; else empty.
    Q_PROPERTY(QString trouble READ trouble NOTIFY changed)

public:
    enum Line { Count, Reason, kLines };
    Q_ENUM(Line)

    explicit ExtensionController(AuthorityController& authority, QObject* parent = nullptr);

    bool mayAsk() const;
    bool mayRelease() const;
    QString waits() const;
    bool writing() const { return m_writing; }
    QVariantList lines() const;
    int at() const { return m_at; }
    void setAt(int line);
    QString trouble() const { return m_trouble; }

    void setStation(std::shared_ptr<workflow::Station> station) { m_station = std::move(station); }
    /// The batch that is shown, and the supervisor who is here. What was written for another is taken back.
    void offer(const std::optional<db::BatchProgress>& batch, const std::optional<std::string>& supervisor);
    Q_INVOKABLE void begin();
    Q_INVOKABLE void cancel();
    Q_INVOKABLE void key(int code);
    Q_INVOKABLE void eraseLast();
    /// What was typed with Enter: the whole of the line; after the last one it is asked for.
    void give(const QString& text);
    /// The passphrase is asked for then.
    Q_INVOKABLE void ask();
    Q_INVOKABLE void release();
    void reword() { Q_EMIT changed(); }

Q_SIGNALS:
    void changed();
    /// The batch is another one now.
    void done(const QString& said);

private:
    void say(const QString& trouble);

    AuthorityController& m_authority;
    std::shared_ptr<workflow::Station> m_station;
    std::optional<db::BatchProgress> m_batch;
    std::optional<std::string> m_supervisor;
    std::array<QString, kLines> m_values;
    int m_at = Count;
    bool m_writing = false;
    QString m_trouble;
};

}  // namespace keystamp::viewmodel
