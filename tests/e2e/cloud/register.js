// SPDX-License-Identifier: Apache-2.0
'use strict';
// Registers one device by Azure's device SDK, unchanged: node register.js http|mqtt PORT SCOPE ID, its credential as JSON on standard
// input: {"key": base64} or {"cert": PEM chain, "privateKey": PEM}. Prints {"status": ..., "hub": ..., "error": ...}.
// What the server must be trusted by is NODE_EXTRA_CA_CERTS.
const fs = require('node:fs');
const https = require('node:https');
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Http } = require('azure-iot-provisioning-device-http');
const { Mqtt } = require('azure-iot-provisioning-device-mqtt');
const { SymmetricKeySecurityClient } = require('azure-iot-security-symmetric-key');
const { X509Security } = require('azure-iot-security-x509');

const [transport, port, scope, id] = process.argv.slice(2);
const credential = JSON.parse(fs.readFileSync(0, 'utf8'));
const security = credential.key
  ? new SymmetricKeySecurityClient(id, credential.key)
  : new X509Security(id, { cert: credential.cert, key: credential.privateKey });
https.globalAgent.defaultPort = Number(port);  // the SDK's HTTPS knows no other port than its agent's
const host = transport === 'mqtt' ? `localhost:${port}` : 'localhost';
const client = ProvisioningDeviceClient.create(host, scope, transport === 'mqtt' ? new Mqtt() : new Http(), security);
client.setProvisioningPayload({});
client.register((error, result) => {
  const said = { status: result?.status ?? error?.result?.status ?? null, hub: result?.assignedHub ?? null, deviceId: result?.deviceId ?? null,
    error: error ? `${error.name}: ${error.message}` : null, errorCode: error?.result?.errorCode ?? null };
  process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(error ? 1 : 0));
});
