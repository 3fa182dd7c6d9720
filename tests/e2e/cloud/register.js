// SPDX-License-Identifier: Apache-2.0
'use strict';
// Registers devices by Azure's device SDK, unchanged: node register.js http|mqtt|amqp PORT SCOPE ID, its credential as JSON on standard
// input: {"key": base64} or {"cert": PEM chain, "privateKey": PEM}. Prints {"status": ..., "hub": ..., "error": ...}.
// Without an ID: many at once, {ID: credential, ...} on standard input, {ID: what it printed, ...} on standard output.
// What the server must be trusted by is NODE_EXTRA_CA_CERTS.
const fs = require('node:fs');
const https = require('node:https');
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const { Amqp } = require('azure-iot-provisioning-device-amqp');
const { Http } = require('azure-iot-provisioning-device-http');
const { Mqtt } = require('azure-iot-provisioning-device-mqtt');
const { SymmetricKeySecurityClient } = require('azure-iot-security-symmetric-key');
const { X509Security } = require('azure-iot-security-x509');

const [transport, port, scope, only] = process.argv.slice(2);
https.globalAgent.defaultPort = Number(port);  // the SDK's HTTPS knows no other port than its agent's
const host = transport === 'http' ? 'localhost' : `localhost:${port}`;
const kTransports = { http: Http, mqtt: Mqtt, amqp: Amqp };

/** What AMQP tells is no Error: a condition, and a description that is the service's JSON. */
const worded = (error) => (error.condition ? `${error.condition}: ${/"errorCode":(\d+)/.exec(error.description)?.[1]}` : `${error.name}: ${error.message}`);

function register(id, credential) {
  const security = credential.key
    ? new SymmetricKeySecurityClient(id, credential.key)
    : new X509Security(id, { cert: credential.cert, key: credential.privateKey });
  const client = ProvisioningDeviceClient.create(host, scope, new kTransports[transport](), security);
  client.setProvisioningPayload({});
  return new Promise((resolve) => client.register((error, result) => resolve({
    status: result?.status ?? error?.result?.status ?? null, hub: result?.assignedHub ?? null, deviceId: result?.deviceId ?? null,
    error: error ? worded(error) : null, errorCode: error?.result?.errorCode ?? null })));
}

async function main() {
  const given = JSON.parse(fs.readFileSync(0, 'utf8'));
  const said = only ? await register(only, given)
    : Object.fromEntries(await Promise.all(Object.entries(given).map(async ([id, credential]) => [id, await register(id, credential)])));
  process.stdout.write(`${JSON.stringify(said)}\n`, () => process.exit(only && said.error ? 1 : 0));
}

main();
