// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtQml/qqmlregistration.h>

#include <QObject>
#include <optional>
#include <string>

#include "station/viewmodel/audit_controller.h"
#include "station/viewmodel/batch_controller.h"
#include "station/viewmodel/authority_controller.h"
#include "station/viewmodel/batches_controller.h"
#include "station/viewmodel/ca_controller.h"
#include "station/viewmodel/extension_controller.h"
#include "station/viewmodel/figures_controller.h"
#include "station/viewmodel/first_run_controller.h"
#include "station/viewmodel/labels_controller.h"
#include "station/viewmodel/language_controller.h"
#include "station/viewmodel/line_controller.h"
#include "station/viewmodel/media_controller.h"
#include "station/viewmodel/new_batch_controller.h"
#include "station/viewmodel/person_controller.h"
#include "station/viewmodel/pin_controller.h"
#include "station/viewmodel/preflight_controller.h"
#include "station/viewmodel/scan_filter.h"
#include "station/viewmodel/scan_trial_controller.h"
#include "station/viewmodel/speaker.h"
#include "station/viewmodel/station_controller.h"
#include "station/viewmodel/unit_act_controller.h"
#include "station/viewmodel/unit_controller.h"

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
    Q_PROPERTY(keystamp::viewmodel::BatchController* batch READ batch CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::ExtensionController* extension READ extension CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::NewBatchController* newBatch READ newBatch CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::LineController* line READ line CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::PreflightController* preflight READ preflight CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::UnitController* unit READ unit CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::UnitActController* unitAct READ unitAct CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::PersonController* person READ person CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::FirstRunController* firstRun READ firstRun CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::AuthorityController* authority READ authority CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::FiguresController* figures READ figures CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::AuditController* audit READ audit CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::CaController* ca READ ca CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::MediaController* media READ media CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::LabelsController* labels READ labels CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::LanguageController* language READ language CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::ScanFilter* scanner READ scanner CONSTANT)
    Q_PROPERTY(keystamp::viewmodel::ScanTrialController* scanTrial READ scanTrial CONSTANT)
    /// Pixels a millimetre of the screen it stands on; for targets a gloved hand can hit.
    Q_PROPERTY(qreal pixelsPerMm READ pixelsPerMm NOTIFY pixelsPerMmChanged)

public:
    enum Page { StartPage, PinPage, BatchesPage, LinePage, PreflightPage, UnitPage, FiguresPage, BatchPage, MenuPage, AuditPage, LockPage, ScanPage, NewBatchPage,
                CaPage, FirstRunPage };
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
    BatchController* batch() { return &m_batch; }
    ExtensionController* extension() { return &m_extension; }
    NewBatchController* newBatch() { return &m_newBatch; }
    LineController* line() { return &m_line; }
    PreflightController* preflight() { return &m_preflight; }
    UnitController* unit() { return &m_unit; }
    UnitActController* unitAct() { return &m_unitAct; }
    PersonController* person() { return &m_person; }
    FirstRunController* firstRun() { return &m_firstRun; }
    AuthorityController* authority() { return &m_authority; }
    FiguresController* figures() { return &m_figures; }
    AuditController* audit() { return &m_audit; }
    CaController* ca() { return &m_ca; }
    MediaController* media() { return &m_media; }
    LabelsController* labels() { return &m_labels; }
    LanguageController* language() { return &m_language; }
    ScanFilter* scanner() { return &m_scanner; }
    ScanTrialController* scanTrial() { return &m_scanTrial; }
    /// A page beside the way from start to line: while no batch is at work, or while the station cannot be opened.
    Q_INVOKABLE void openMenu();
    Q_INVOKABLE void openPreflight();
    Q_INVOKABLE void openUnit();
    Q_INVOKABLE void openFigures();
    /// Those of the batch on its page.
    Q_INVOKABLE void openBatchFigures();
    Q_INVOKABLE void openAudit();
    /// Where nobody logs in, the configured supervisor's passphrase opens a batch; else that of the supervisor who is logged in.
    Q_INVOKABLE void openNewBatch();
    Q_INVOKABLE void openScan();
    /// A supervisor's, as a new batch.
    Q_INVOKABLE void openCa();
    /// From there, to where the way stands.
    Q_INVOKABLE void back();

    qreal pixelsPerMm() const { return m_pixelsPerMm; }

    /// What a screen says of its size, where that can be true; 96 dots an inch where not.
    static qreal plausiblePixelsPerMm(qreal dotsPerInch);
    void setDotsPerInch(qreal dots);
    /// The end of the shift, once the event loop is over: the line stops, and what was recorded stands under a signature, or why not.
    /// Blocks.
    Result<void> end();
    /// For the self-test, which looks at every page without a station.
    void showPage(Page page);

Q_SIGNALS:
    void pageChanged();
    void pixelsPerMmChanged();

private:
    void choosePage();
    Page wayPage() const;
    bool mayStandAside(Page page) const;
    void openAside(Page page);
    void stationChanged();
    void connectFirstRun();
    void beginLine(const QString& batch);
    /// Scans are tried there, and nothing is done with them.
    bool triesScans() const { return m_page == ScanPage || (m_page == FirstRunPage && m_firstRun.step() == FirstRunController::Scanner); }
    void personChanged();
    /// Who opens batches and makes them longer: whoever is logged in, or, where nobody logs in, the configured one.
    std::optional<std::string> decider() const;
    void beginNamedBatch();
    void listen();
    void scanned(const QString& text);
    /// What is no badge.
    void take(const QString& text);
    /// From a scanner that the station reads itself.
    void heard(const workflow::ScannerConfig& scanner, const workflow::Scanned& scan);
    void readScanners();
    void reword();

    Options m_options;
    Page m_page = StartPage;
    std::optional<Page> m_aside;  ///< shown instead of the way's page, where that may be
    bool m_ready = false;
    QString m_who;                ///< whose the pages beside the way are
    qreal m_pixelsPerMm;
    Background m_background;
    LanguageController m_language;
    PinController m_pin;
    AuthorityController m_authority;
    PersonController m_person;
    FirstRunController m_firstRun;
    ScanFilter m_scanner;
    BatchesController m_batches;
    BatchController m_batch;
    ExtensionController m_extension;
    NewBatchController m_newBatch;
    LineController m_line;
    PreflightController m_preflight;
    UnitController m_unit;
    UnitActController m_unitAct;
    FiguresController m_figures;
    AuditController m_audit;
    CaController m_ca;
    MediaController m_media;
    ScanTrialController m_scanTrial;
    LabelsController m_labels;
    std::unique_ptr<Speaker> m_speaker;
    StationController m_station;
};

}  // namespace keystamp::viewmodel
