// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <optional>
#include <string>

#include "station/viewmodel/batches_controller.h"
#include "station/viewmodel/line_controller.h"
#include "station/viewmodel/pin_controller.h"
#include "station/viewmodel/scan_filter.h"
#include "station/viewmodel/station_controller.h"

namespace keystamp::viewmodel {

/// The kiosk as a whole: which page is shown, and where a scan goes. GUI thread.
class KioskController : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the kiosk")
    Q_PROPERTY(Page page READ page NOTIFY pageChanged)
    // whole names: Qt's tools do not look a property's type up in the namespace around it
    Q_PROPERTY(keystamp::viewmodel::StationController* station READ station CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::PinController* pin READ pin CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::BatchesController* batches READ batches CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::LineController* line READ line CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::ScanFilter* scanner READ scanner CONSTANT)
    /// Pixels a millimetre of the screen it stands on; for targets a gloved hand can hit.
    Q_PROPERTY(qreal pixelsPerMm READ pixelsPerMm NOTIFY pixelsPerMmChanged)

public:
    enum Page { StartPage, PinPage, BatchesPage, LinePage };
    Q_ENUM(Page)

    struct Options {
        std::optional<std::string> configFile;
        std::string batch;  ///< to begin with, where it is open
    };
    explicit KioskController(Options options, QObject* parent = nullptr);
    ~KioskController() override;

    Page page() const { return m_page; }
    StationController* station() { return &m_station; }
    PinController* pin() { return &m_pin; }
    BatchesController* batches() { return &m_batches; }
    LineController* line() { return &m_line; }
    ScanFilter* scanner() { return &m_scanner; }
    qreal pixelsPerMm() const { return m_pixelsPerMm; }

    /// What a screen says of its size, where that can be true; 96 dots an inch where not.
    static qreal plausiblePixelsPerMm(qreal dotsPerInch);
    void setDotsPerInch(qreal dots);
    /// For the self-test, which looks at every page without a station.
    void showPage(Page page);

Q_SIGNALS:
    void pageChanged();
    void pixelsPerMmChanged();

private:
    void choosePage();
    void stationChanged();

    Options m_options;
    Page m_page = StartPage;
    bool m_ready = false;
    qreal m_pixelsPerMm;
    Background m_background;
    PinController m_pin;
    ScanFilter m_scanner;
    BatchesController m_batches;
    LineController m_line;
    StationController m_station;
};

}  // namespace keystamp::viewmodel
