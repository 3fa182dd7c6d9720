// SPDX-License-Identifier: Apache-2.0
#include "station/kiosk/self_test.h"

#include <fmt/format.h>

#include <QElapsedTimer>
#include <QGuiApplication>
#include <QImage>
#include <atomic>
#include <cstdio>

#include "station/kiosk/contact_sheet.h"
#include "station/kiosk/cut_texts.h"
#include "station/kiosk/main_window.h"
#include "station/kiosk/samples.h"

namespace keystamp::kiosk {
namespace {

struct ScreenSize {
    int width, height;
    double dotsPerInch;
};
// a tablet's size on a desk monitor, full HD, upright, and a dense ten-inch panel
constexpr int kFrames = 2;
constexpr ScreenSize kSizes[] = {{1280, 800, 96}, {1920, 1080, 96}, {800, 1280, 96}, {1280, 800, 149}};

std::atomic<int> warnings{0};
std::atomic<const char*> scene{""};

/// What Qt itself warns of (layouts that never settle, images that are missing) counts like the engine's warnings.
void count(QtMsgType type, const QMessageLogContext&, const QString& text) {
    if (type == QtDebugMsg || type == QtInfoMsg) return;
    ++warnings;
    std::fprintf(stderr, "%s: %s\n", scene.load(), qPrintable(text));
}

/// Long enough for short animations, and for two pictures at least: a page is laid out with the first one, and what that moves with the next.
void settle(QQuickWindow& window) {
    int painted = 0;
    const auto counting = QObject::connect(&window, &QQuickWindow::frameSwapped, [&] {
        if (++painted < kFrames) window.update();
    });
    QElapsedTimer clock;
    clock.start();
    window.update();
    while (clock.elapsed() < 60 || (painted < kFrames && clock.elapsed() < 5000)) QGuiApplication::processEvents(QEventLoop::AllEvents, 20);
    QObject::disconnect(counting);
}

int cannotWrite(const std::string& folder) {
    std::fprintf(stderr, "keystamp-station: cannot write into %s\n", folder.c_str());
    return 3;
}

}  // namespace

int selfTest(const std::string& only, const std::string& pictures, int& argc, char** argv) {
    QGuiApplication app{argc, argv};
    qInstallMessageHandler(count);
    auto all = scenes();
    std::erase_if(all, [&](const Scene& one) { return !one.name.starts_with(only); });
    if (all.empty()) {
        std::fprintf(stderr, "keystamp-station: no scene's name begins with %s\n", only.c_str());
        return 2;
    }
    ContactSheet sheet;
    int shown = 0;
    for (const bool dark : {false, true}) {
        viewmodel::KioskController kiosk{{}};
        QQmlEngine engine;
        const auto window = makeMainWindow(engine, kiosk, dark);
        if (window == nullptr) return 1;
        window->show();
        if ((window->color().lightness() < 128) != dark) qWarning("asked for the %s theme, got the other one", dark ? "dark" : "light");
        // what a dark page shows is what the light one does
        const auto languages = dark && pictures.empty() ? QStringList{QStringLiteral("en")} : viewmodel::LanguageController::codes();
        for (const auto& language : languages) {
            if (!kiosk.language()->choose(language)) return 1;
            for (const auto& size : kSizes) {
                const auto& [width, height, dots] = size;
                // nothing is cut for the first time where there is more room
                const bool roomy = width > height && dots == kSizes[0].dotsPerInch;
                if (pictures.empty() && (dark ? &size != kSizes : roomy && language != QStringLiteral("en"))) continue;
                window->resize(width, height);
                kiosk.setDotsPerInch(dots);
                for (const auto& one : all) {
                    // German has the longest words; of the others each page is shown at one of the two sizes with little room
                    const bool longest = language == QStringLiteral("en") || language == QStringLiteral("de");
                    if (pictures.empty() && !longest && ((&one - all.data()) % 2 == 0) == (width > height)) continue;
                    const auto view = fmt::format("{}-{}x{}-{:.0f}-{}{}", one.name, width, height, dots, language.toStdString(), dark ? "-dark" : "");
                    scene = view.c_str();
                    one.set(kiosk);
                    settle(*window);
                    ++shown;
                    for (const QString& text : cutTexts(*window->contentItem())) qWarning("cut: %s", qPrintable(text));
                    if (pictures.empty()) continue;
                    const QImage picture = window->grabWindow();
                    sheet.add(view, picture);
                    if (!picture.save(QString::fromStdString(pictures + "/" + view + ".png"))) return cannotWrite(pictures);
                }
            }
            const auto file = fmt::format("{}/contact-{}{}.png", pictures, language.toStdString(), dark ? "-dark" : "");
            if (!pictures.empty() && !sheet.save(file)) return cannotWrite(pictures);
        }
        scene = "closing";
    }
    std::printf("self-test: %d views, %d warnings\n", shown, warnings.load());
    return warnings.load() == 0 ? 0 : 1;
}

}  // namespace keystamp::kiosk
