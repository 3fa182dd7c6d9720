// SPDX-License-Identifier: Apache-2.0
#include "station/cli/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "core/bytes.h"

namespace keystamp::cli {
namespace {

struct Source {
    std::string_view language, credential, text;
};
// The files in samples/, as they are there: for one credential, or for both, with lines of one alone.
constexpr Source kSources[] = {
#include "samples.inc"
};

struct Language {
    std::string_view name, comment, tried;
};
constexpr Language kLanguages[] = {
    {"c", "//", "Not compiled by Keystamp's tests: the SDK is not at hand there."},
    {"python", "#", "Compiled by Keystamp's tests, not run: the SDK is not at hand there."},
    {"node", "//", "Run by Keystamp's tests, against a stand-in of the service."},
    {"java", "//", "Not compiled by Keystamp's tests: the SDK is not at hand there."},
    {"dotnet", "//", "Not compiled by Keystamp's tests: the SDK is not at hand there."},
};

std::string filled(std::string_view text, const std::map<std::string_view, std::string>& places) {
    std::string out{text};
    for (const auto& [place, value] : places) {
        for (std::size_t at = out.find(place); at != std::string::npos; at = out.find(place, at + value.size())) out.replace(at, place.size(), value);
    }
    return out;
}

/// A line that begins with "@sas@" or "@x509@" is for that credential alone.
std::string linesFor(std::string_view credential, std::string_view text) {
    const std::string ours = fmt::format("@{}@", credential);
    const std::string theirs = credential == "sas" ? "@x509@" : "@sas@";
    std::string out;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n') + 1);
        if (line.empty()) line = text;
        text.remove_prefix(line.size());
        if (line.starts_with(ours)) line.remove_prefix(ours.size());
        if (!line.starts_with(theirs)) out += line;
    }
    return out;
}

}  // namespace

std::vector<std::string> sampleLanguages() {
    std::vector<std::string> names;
    for (const Language& each : kLanguages) names.emplace_back(each.name);
    return names;
}

std::string sampleOf(const std::string& language, const db::Unit& unit, const db::Batch& batch, const std::string& endpoint) {
    const bool certificate = batch.mode == Mode::X509;
    const std::string_view credential = certificate ? "x509" : "sas";
    const auto* const words = std::find_if(std::begin(kLanguages), std::end(kLanguages), [&](const Language& each) { return each.name == language; });
    const auto* const source = std::find_if(std::begin(kSources), std::end(kSources), [&](const Source& each) {
        return each.language == language && (each.credential == credential || each.credential == "both");
    });
    if (words == std::end(kLanguages) || source == std::end(kSources)) return {};
    std::string head;
    for (const std::string& line : {"Device ID   " + unit.id.text(), "ID scope    " + batch.scopeId, "Endpoint    " + endpoint,
                                    certificate ? "Certificate SHA-1 " + toHexUpper(sha1(unit.certificate)) : std::string{"SAS key     on the board"},
                                    std::string{words->tried}}) {
        head += fmt::format("{} {}\n", words->comment, line);
    }
    const auto text = source->text.substr(source->text.find('\n') + 1);  // our licence is not for what is made of it
    return head + filled(linesFor(credential, text), {{"@ID@", unit.id.text()},
                                                      {"@SCOPE@", batch.scopeId},
                                                      {"@ENDPOINT@", endpoint},
                                                      {"@CERTIFICATE@", "<file of the certificate and all above it, PEM>"},
                                                      {"@KEY@", certificate ? "<file of the private key, PEM>" : "<the SAS key, base64>"}});
}

}  // namespace keystamp::cli
