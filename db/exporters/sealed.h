// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include "db/exporter.h"
#include "db/file_stream.h"

namespace keystamp::db::exporters {

/// A file of which only the recipient can read what is written: CMS EnvelopedData (RFC 5652), AES-256-CBC, DER. What
/// goes in is in secure memory until it is encrypted.
Result<std::unique_ptr<ExportFile>> sealFor(const Recipient& recipient, std::unique_ptr<FileSink> sink);

}  // namespace keystamp::db::exporters
