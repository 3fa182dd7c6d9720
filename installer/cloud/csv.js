// SPDX-License-Identifier: Apache-2.0
'use strict';
// The two files that IoT Central takes and gives.
const { parse } = require('csv-parse/sync');
const { stringify } = require('csv-stringify/sync');
const { Refused } = require('./registry');

const kExport = ['IOTC_DEVICEID', 'IOTC_DEVICENAME', 'IOTC_SASKEY_PRIMARY', 'IOTC_SASKEY_SECONDARY', 'IOTC_X509THUMBPRINT_PRIMARY', 'IOTC_X509THUMBPRINT_SECONDARY'];
const kId = /^[a-z0-9]([a-z0-9-]{0,126}[a-z0-9])?$/;

/** Devices of an import, [{id, name}]; and what is wrong with it, a sentence a row. */
function readImport(text) {
  let rows;
  try {
    rows = parse(text, { bom: true, skip_empty_lines: true, columns: (names) => names.map((name) => name.trim().toUpperCase()) });
  } catch (error) {
    throw new Refused(400004, `this is no CSV: ${error.message}`);
  }
  const wrong = [];
  const devices = rows.map((row, n) => {
    const id = (row.IOTC_DEVICEID ?? '').trim();
    if (!kId.test(id)) wrong.push(`row ${n + 2}: '${id}' is no device ID`);
    return { id, name: (row.IOTC_DEVICENAME ?? '').trim() || id };
  });
  if (rows.length === 0) wrong.push('no rows under the header IOTC_DEVICEID,IOTC_DEVICENAME');
  return { devices, wrong };
}

/** All devices with what opens them. */
const writeExport = (registry) => stringify([...registry.devices.values()].map((device) => {
  const keys = registry.keysOf(device);
  return [device.id, device.name, keys[0] ?? '', keys[1] ?? '', device.thumbprints[0] ?? '', device.thumbprints[1] ?? ''];
}), { header: true, columns: kExport, record_delimiter: 'windows', bom: true });

module.exports = { readImport, writeExport };
