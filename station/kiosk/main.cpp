// SPDX-License-Identifier: Apache-2.0
// keystamp-station: the kiosk. Composition only; see station/viewmodel for what it does and qml/ for how it looks.
#include <CLI/CLI.hpp>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QScreen>
#include <cstdio>
#include <memory>
#include <optional>

#include "core/process.h"
#include "core/stop_signal.h"
#include "station/kiosk/main_window.h"
#include "station/kiosk/measures.h"
#include "station/kiosk/self_test.h"
#include "station/viewmodel/kiosk_controller.h"

void qml_register_types_Keystamp_ViewModel();
void qml_register_types_Keystamp_Ui();

namespace keystamp::kiosk {
namespace {

struct Options {
    viewmodel::KioskController::Options kiosk;
    bool windowed = false;
    std::string theme = "light";
    std::string language;
    bool selfTest = false;
    std::string pictures;
    std::string scene;
    int measureFd = -1;
};

/// Quits a window on a bench; a kiosk in production has no way out by keyboard, but by whoever started it (SIGTERM).
class QuitKey : public QObject {
public:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->matches(QKeySequence::Quit)) {
            QCoreApplication::quit();
            return true;
        }
        return QObject::eventFilter(watched, event);
    }
};

int run(const Options& options, int& argc, char** argv) {
    const std::unique_ptr<QGuiApplication> made{options.measureFd >= 0 ? new MeasuredApplication{argc, argv} : new QGuiApplication{argc, argv}};
    QGuiApplication& app = *made;
    app.setApplicationName(QStringLiteral("keystamp-station"));
    app.setApplicationVersion(QStringLiteral(KEYSTAMP_VERSION));

    viewmodel::KioskController kiosk{options.kiosk};
    kiosk.setDotsPerInch(app.primaryScreen()->physicalDotsPerInch());
    kiosk.station()->open();  // beside the window's making, which hears its answer
    QQmlEngine engine;
    const auto window = makeMainWindow(engine, kiosk, options.theme == "dark");
    if (window == nullptr) return 3;

    kiosk.language()->choose(options.language.empty() ? viewmodel::LanguageController::ofSystem() : QString::fromStdString(options.language));

    QuitKey quit;
    if (options.windowed) {
        app.installEventFilter(&quit);
        window->show();
    } else {
        window->showFullScreen();
    }
    const StopSignal stop{[&app] { QMetaObject::invokeMethod(&app, &QCoreApplication::quit, Qt::QueuedConnection); }};
    std::optional<Measures> measures;
    if (auto* const measured = dynamic_cast<MeasuredApplication*>(&app)) {
        measures.emplace(options.measureFd, *window, kiosk);
        measured->tell(&*measures);
    }
    const int code = app.exec();
    if (measures) {
        measures->end();
        static_cast<MeasuredApplication&>(app).tell(nullptr);
    }
    window->hide();
    if (const auto ended = kiosk.end(); !ended) {
        std::fprintf(stderr,
                     "keystamp-station: no checkpoint was signed at the end of this shift; `keystamp audit checkpoint` signs one later: %s\n",
                     describe(ended.error()).c_str());
    }
    for (const auto& id : kiosk.labels()->waiting()) {
        std::fprintf(stderr, "keystamp-station: %s has no label yet; it is printed when the station starts anew, or by `keystamp unit label %s`\n",
                     id.c_str(), id.c_str());
    }
    return code;
}

}  // namespace
}  // namespace keystamp::kiosk

int main(int argc, char** argv) {
    if (const auto hard = keystamp::hardenProcess(); !hard) {
        std::fprintf(stderr, "keystamp-station: %s\n", keystamp::describe(hard.error()).c_str());
        return 3;
    }
    keystamp::kiosk::Options options;
    CLI::App arguments{"The touch screen of a Keystamp station.", "keystamp-station"};
    arguments.footer(
        "The end of the shift is when it is closed, or told to end by SIGTERM, SIGINT or SIGHUP: jobs stop at their next step, and a\n"
        "checkpoint of the audit log is signed. A second signal ends it at once.\n"
        "\n"
        "examples:\n"
        "  keystamp-station --config station.toml --windowed\n"
        "  keystamp-station --batch order-4711        full screen, straight into that batch\n"
        "  QT_QPA_PLATFORM=offscreen keystamp-station --self-test\n"
        "  QT_QPA_PLATFORM=offscreen keystamp-station --self-test --scene batch --pictures .");
    arguments.add_option("--config", options.kiosk.configFile,
                         "station.toml; else KEYSTAMP_CONFIG, else /etc/keystamp/station.toml");
    arguments.add_option("--batch", options.kiosk.batch, "begin with this batch, where it is open");
    arguments.add_flag("--windowed", options.windowed, "a window, which Ctrl+Q closes, not the full screen");
    arguments.add_option("--theme", options.theme, "light or dark")->check(CLI::IsMember({"light", "dark"}));
    arguments.add_option("--language", options.language, "en, de, zh or es to begin with; else the system's")
        ->check(CLI::IsMember({"en", "de", "zh", "es"}));
    auto* const test = arguments.add_flag(
        "--self-test", options.selfTest, "show every page at every size, without a station; exit 1 on any QML warning");
    arguments.add_option("--pictures", options.pictures, "with --self-test: a PNG of each, and contact sheets, into this folder")
        ->needs(test);
    arguments.add_option("--scene", options.scene, "with --self-test: only what its name begins so, such as line-8")->needs(test);
    arguments.add_option("--measure-fd", options.measureFd)->group("");  // for tests, see measures.h
    arguments.set_version_flag("--version", KEYSTAMP_VERSION);
    try {
        arguments.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        return arguments.exit(problem) == 0 ? 0 : 2;
    }
    qml_register_types_Keystamp_ViewModel();
    qml_register_types_Keystamp_Ui();
    if (options.selfTest) return keystamp::kiosk::selfTest(options.scene, options.pictures, argc, argv);
    return keystamp::kiosk::run(options, argc, argv);
}
