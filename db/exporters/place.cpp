// SPDX-License-Identifier: Apache-2.0
// Where an export goes: whole or not at all, sealed where it has a recipient.
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "db/exporters/sealed.h"
#include "db/manifest_folder.h"

namespace keystamp::db {
namespace {

namespace fs = std::filesystem;
constexpr const char* kSealed = ".cms";

class PlainFile : public ExportFile {
public:
    explicit PlainFile(std::unique_ptr<FileSink> sink) : m_sink(std::move(sink)) {}
    void write(std::string_view text) override { m_sink->write(text); }
    Result<void> close() override {
        const auto written = m_sink->close();
        return written ? Result<void>{} : written.error();
    }

private:
    std::unique_ptr<FileSink> m_sink;
};

Result<std::unique_ptr<ExportFile>> openFile(const std::string& path, const std::optional<Recipient>& recipient) {
    auto sink = FileSink::create(path);
    if (!sink) return sink.error();
    if (recipient) return exporters::sealFor(*recipient, std::move(*sink));
    return std::unique_ptr<ExportFile>{new PlainFile{std::move(*sink)}};
}

Result<void> checkOrder(const Exporter& exporter, const ExportSource& source, const std::optional<Recipient>& recipient) {
    const Mode mode = source.batch.mode;
    if (!(mode == Mode::X509 ? exporter.x509 : exporter.sas)) {
        return Error{ErrorCode::BadUsage, fmt::format("{} is not for {} batches, and {} is one", exporter.name, name(mode), source.batch.name)};
    }
    if (exporter.keys && mode == Mode::Imported) {
        return Error{ErrorCode::BadUsage, fmt::format("{} holds device keys, and those of {} came from the cloud and are not kept here", exporter.name,
                                                      source.batch.name)};
    }
    if (exporter.holdsKeys(mode) && !(recipient && source.keys)) {
        return Error{ErrorCode::BadUsage,
                     fmt::format("{} of an {} batch holds device keys, which leave the station encrypted only; name the certificate of "
                                 "whoever takes them with --recipient", exporter.name, name(mode))};
    }
    return {};
}

Result<Exported> writeFolder(const Exporter& exporter, const ExportSource& source, const std::string& place,
                             const std::optional<Recipient>& recipient) {
    auto folder = manifest::NewFolder::onFreeGround(place);
    if (!folder) return folder.error();
    Exported done{place};
    const auto units = exporter.write(source, [&](const std::string& file) {
        ++done.files;
        return openFile(folder->file(file) + (recipient ? kSealed : ""), recipient);
    });
    if (!units) return units.error();
    done.units = *units;
    if (auto placed = folder->putIntoPlace(); !placed) return placed.error();
    return done;
}

Result<Exported> writeSingle(const Exporter& exporter, const ExportSource& source, const std::string& place,
                             const std::optional<Recipient>& recipient) {
    std::error_code problem;
    if (fs::is_directory(place, problem)) return Error{ErrorCode::BadUsage, place + " is a folder; name a file"};
    const std::string beside = place + ".new";
    const auto units = exporter.write(source, [&](const std::string&) { return openFile(beside, recipient); });
    if (!units) {
        ::unlink(beside.c_str());
        return units.error();
    }
    if (auto moved = moveIntoPlace(beside, place); !moved) return moved.error();
    return Exported{place, 1, *units};
}

}  // namespace

Result<Exported> writeExport(const Exporter& exporter, const ExportSource& source, const std::string& place,
                             const std::optional<Recipient>& recipient) {
    if (auto good = checkOrder(exporter, source, recipient); !good) return good.error();
    return exporter.many ? writeFolder(exporter, source, place, recipient) : writeSingle(exporter, source, place, recipient);
}

std::string exportPlace(const Exporter& exporter, const std::string& batch, bool sealed, const std::string& folder) {
    return fs::path{folder} / fmt::format("{}-{}{}", batch, exporter.file, sealed && !exporter.many ? kSealed : "");
}

}  // namespace keystamp::db
