// SPDX-License-Identifier: Apache-2.0
#include "station/viewmodel/language_controller.h"

#include <QCoreApplication>
#include <QLocale>
#include <array>

namespace keystamp::viewmodel {
namespace {

struct Language {
    const char* code;
    const char* name;
};
constexpr std::array kLanguages{Language{"en", "English"}, Language{"de", "Deutsch"}, Language{"zh", "简体中文"}, Language{"es", "Español"}};

}  // namespace

QStringList LanguageController::codes() {
    QStringList all;
    for (const Language& one : kLanguages) all.push_back(QString::fromLatin1(one.code));
    return all;
}

QString LanguageController::ofSystem() {
    const QString wanted = QLocale::system().name().left(2);
    return codes().contains(wanted) ? wanted : QStringLiteral("en");
}

QString LanguageController::current() const { return QString::fromUtf8(kLanguages[static_cast<std::size_t>(codes().indexOf(m_code))].name); }

bool LanguageController::choose(const QString& code) {
    if (!codes().contains(code)) return false;
    QCoreApplication::removeTranslator(&m_translator);
    // English has one too, for its plurals
    if (!m_translator.load(QStringLiteral(":/i18n/keystamp_%1.qm").arg(code))) return false;
    QCoreApplication::installTranslator(&m_translator);
    m_code = code;
    Q_EMIT changed();
    return true;
}

void LanguageController::next() {
    const QStringList all = codes();
    choose(all[(all.indexOf(m_code) + 1) % all.size()]);
}

}  // namespace keystamp::viewmodel
