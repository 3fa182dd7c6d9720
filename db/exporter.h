// SPDX-License-Identifier: Apache-2.0
// A batch in the forms that others take it in. Each form is an Exporter, a file in db/exporters; all are listed in
// db/exporters/table.cpp.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/secret.h"
#include "db/journal.h"
#include "db/manifest.h"

namespace keystamp::db {

/// Base64, as devices and DPS have them.
struct DeviceKeys {
    Secret primary, secondary;
};
/// Of each unit, in their order; kKeysAtOnce units at most.
using DeviceKeySource = std::function<Result<std::vector<DeviceKeys>>(std::span<const Unit>)>;
inline constexpr std::size_t kKeysAtOnce = 500;

struct ExportSource {
    const Journal& journal;
    Batch batch;
    ManifestContext context;
    UtcTime at{};
    DeviceKeySource keys{};  ///< for the exporters that hold keys
};

/// One file on its way out. Thread: one.
class ExportFile {
public:
    virtual ~ExportFile() = default;
    /// An error is kept for close().
    virtual void write(std::string_view text) = 0;
    /// On disk when it returns.
    virtual Result<void> close() = 0;
};
/// Opens the next file by its name.
using ExportTarget = std::function<Result<std::unique_ptr<ExportFile>>(const std::string& name)>;

struct Exporter {
    std::string_view name;
    std::string_view file;  ///< what its file is called; or its folder, where it writes many
    bool many = false;
    bool x509 = true, sas = true;  ///< the batches it suits; an imported one is as sas
    bool keys = false;             ///< with a sas batch it holds device keys, so it is written for a recipient or not at all; an imported
                                   ///< batch has none any more
    std::string_view help;
    /// Streams through journal and target, whatever the batch's size. Gives how many units (rows) it told of.
    Result<std::uint64_t> (*write)(const ExportSource& source, const ExportTarget& target) = nullptr;

    bool holdsKeys(Mode mode) const { return keys && mode == Mode::Sas; }
};

std::span<const Exporter* const> allExporters();
/// BadUsage names those that there are.
Result<const Exporter*> findExporter(std::string_view name);

/// A certificate that secrets are encrypted to.
struct Recipient {
    std::string pem;
    std::string subject;
    Digest sha256{};
};
/// BadUsage where `pem` is not one certificate, is not valid at `at`, or has no key that CMS could encrypt to.
Result<Recipient> parseRecipient(const std::string& pem, UtcTime at);

struct Exported {
    std::string path;
    std::uint64_t files = 0, units = 0;
};
/// Writes `exporter`'s file as `place` (replaced as a whole), or its folder (made; BadUsage where anything is in it). With a recipient
/// every file is a CMS EnvelopedData (RFC 5652, AES-256) in DER, and nothing of it is on disk otherwise. BadUsage where the
/// exporter does not suit the batch's mode, or would hold keys and has no recipient.
Result<Exported> writeExport(const Exporter& exporter, const ExportSource& source, const std::string& place,
                             const std::optional<Recipient>& recipient);
/// What it is called in `folder` unless somebody chose a name.
std::string exportPlace(const Exporter& exporter, const std::string& batch, bool sealed, const std::string& folder);

}  // namespace keystamp::db
