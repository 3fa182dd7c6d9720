// SPDX-License-Identifier: Apache-2.0
// What the steps of a first run say.
#include "station/viewmodel/first_run_controller.h"
#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {

QString FirstRunController::title() const {
    switch (m_step) {
        case Welcome:
            return tr("A new station", "title of a first run's step");
        case Supervisor:
            return tr("The first supervisor", "title of a first run's step");
        case Scanner:
            return tr("The scanner", "title of a first run's step");
        case Fixtures:
            return tr("The fixtures", "title of a first run's step");
        case TestUnit:
            return tr("A test unit", "title of a first run's step");
        case kSteps:
            break;
    }
    return {};
}

QString FirstRunController::place() const {
    return tr("Step %1 of %2", "of a first run").arg(m_step + 1).arg(static_cast<int>(kSteps));
}

QString FirstRunController::words() const {
    switch (m_step) {
        case Welcome:
            return tr("Nobody has worked with this station yet. Four steps make it ready: its first supervisor, its scanner, its fixtures, and one unit to try "
                      "it all with. After the first of them the rest can wait.",
                      "a first run");
        case Supervisor:
            if (m_name.empty()) {
                return tr("Supervisors open batches and decide about devices. Have at hand: a badge with a barcode, and a passphrase of %1 characters or more, "
                          "which nobody can look up later.",
                          "a first run; %1: a number")
                    .arg(hsm::kShortestPassphrase);
            }
            return tr("%1 is enrolled. Was the badge scanned while the keyboard was set wrong? Scan it again here; else go on.", "a first run; %1: a person")
                .arg(QString::fromStdString(m_name));
        case Scanner:
            return tr("Scan the test code, then your badge: the bar above says your name. If it does not, put the keyboard right, go back and scan the badge anew.",
                      "a first run");
        case Fixtures:
            return tr("A fixture without a board is good. A red one says what to do.", "a first run");
        case TestUnit:
            if (outcome() == Passed) return tr("The station is ready. From now on it is opened by a badge; keystamp person add brings in more people.", "a first run");
            if (!m_modes.empty() || m_busy) {
                return tr("One board goes the whole way, as every board will. It keeps what it is given: take one that can be spared, or write the ID scope of "
                          "your cloud and keep it. With the scope that stands here it connects nowhere.",
                          "a first run");
            }
            return tr("This station can issue nothing yet: its CA or group key is missing. Do this step later, by an ordinary batch.", "a first run");
        case kSteps:
            break;
    }
    return {};
}

QString FirstRunController::onward() const {
    switch (m_step) {
        case Supervisor:
            return m_name.empty() || !m_values[Badge].isEmpty() ? tr("Passphrase", "button: goes on to where the passphrase is entered")
                                                                : tr("Go on", "button: to the next step");
        case TestUnit:
            return outcome() == Passed ? tr("Done", "button: ends the first run") : tr("Begin", "button: opens the batch of a test unit");
        default:
            return tr("Go on", "button: to the next step");
    }
}

bool FirstRunController::mayGoOn() const {
    if (m_busy || (m_step == Fixtures && m_checking)) return false;
    return m_step != TestUnit || outcome() == Passed || !m_modes.empty();
}

QStringList FirstRunController::modes() const {
    QStringList words;
    for (const Mode mode : m_modes) words.push_back(textOf(mode));
    return words;
}

FirstRunController::Outcome FirstRunController::outcome() const {
    if (m_error) return Bad;
    if (m_step != TestUnit || !m_end) return Nothing;
    return m_end->unit.empty() || !m_end->closed ? Bad : Passed;
}

QString FirstRunController::said() const {
    if (misentered() && m_step == Supervisor) {
        return tr("A name has 1 to 64 characters, a badge's code 4 to 128 plain letters, digits and signs. Write the name, and scan the badge again.",
                  "a first run");
    }
    if (misentered()) return tr("An ID scope has 4 to 32 letters and digits. Write it as the cloud's overview page shows it.", "a first run");
    if (m_error) return lineOf(m_error->code);
    if (m_step != TestUnit || !m_end) return {};
    if (!m_end->closed) return tr("A board was left on its way. Its batch is paused: take it up again and scan that board again.", "end of a test unit");
    if (m_end->unit.empty()) return tr("No board has passed. The batch is closed; begin once more.", "end of a test unit");
    return tr("%1 has passed, and its batch is closed: signer, journal and manifest agree.", "end of a test unit; %1: a device ID")
        .arg(QString::fromStdString(m_end->unit));
}

}  // namespace keystamp::viewmodel
