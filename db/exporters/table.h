// SPDX-License-Identifier: Apache-2.0
// Every exporter, each in a file of its name. One more is that file, a line here and a line in table.cpp.
// Private to this room.
#pragma once

#include "db/exporter.h"

namespace keystamp::db::exporters {

extern const Exporter kIotcImport;
extern const Exporter kIotcDevices;
extern const Exporter kDpsBulk;
extern const Exporter kDpsGroup;
extern const Exporter kUnits;
extern const Exporter kSpreadsheet;
extern const Exporter kBlockList;
extern const Exporter kCloudStates;
extern const Exporter kReport;

}  // namespace keystamp::db::exporters
