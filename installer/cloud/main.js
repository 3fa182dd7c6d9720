#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
'use strict';
// What a device meets of DPS, and an operator of IoT Central, on this machine alone: no real cloud, nothing kept.
const { execFileSync } = require('node:child_process');
const { constants } = require('node:crypto');
const fs = require('node:fs');
const https = require('node:https');
const path = require('node:path');
const tls = require('node:tls');
const { parseArgs } = require('node:util');
const express = require('express');
const { centralApi } = require('./central_api');
const { deviceAmqp } = require('./dps_amqp');
const { deviceApi, refusals } = require('./dps_http');
const { deviceMqtt } = require('./dps_mqtt');
const { enrolmentsApi } = require('./enrolments_api');
const { portal } = require('./portal');
const { Registry } = require('./registry');
const { Strain } = require('./strain');

const kUsage = `usage: main.js --scope ID --dir DIR [options]

A stand-in for the Device Provisioning Service and IoT Central: devices register over HTTPS, MQTT and AMQP, a page lists and approves them.
It listens on this machine only, holds everything in memory, and prints where it is:
  https://localhost:PORT    the page, and what devices have as their DPS endpoint
  mqtts://localhost:PORT    the same over MQTT
  amqps://localhost:PORT    and over AMQP
  DIR/tls.pem               what its clients must trust

  --scope ID          its ID scope
  --dir DIR           folder for its TLS key and certificate (made there once)
  --https PORT        default: one that is free; so --mqtt PORT, --amqp PORT
  --hub NAME          what devices are assigned to, default hub.stand-in.example
  --retry-after N     seconds that a device is told to wait, default 1
  --polls N           how often it is told so before it is assigned, default 1
`;

/** Its own certificate, for localhost; clients trust it by the file. */
function ownTls(dir) {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  const key = path.join(dir, 'tls.key');
  const cert = path.join(dir, 'tls.pem');
  if (!fs.existsSync(cert)) {
    execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3650', '-subj', '/CN=localhost',
      '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:TRUE', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  }
  return { key: fs.readFileSync(key), cert: fs.readFileSync(cert) };
}

function options() {
  const { values } = parseArgs({ options: {
    help: { type: 'boolean', short: 'h' }, scope: { type: 'string' }, dir: { type: 'string' }, https: { type: 'string', default: '0' }, mqtt: { type: 'string', default: '0' },
    amqp: { type: 'string', default: '0' }, hub: { type: 'string', default: 'hub.stand-in.example' }, 'retry-after': { type: 'string', default: '1' }, polls: { type: 'string', default: '1' },
  } });
  if (values.help) {
    process.stdout.write(kUsage);
    process.exit(0);
  }
  if (!values.scope || !values.dir) throw new Error('--scope and --dir are needed');
  return { ...values, retryAfter: Number(values['retry-after']), polls: Number(values.polls) };
}

function main() {
  let wanted;
  try {
    wanted = options();
  } catch (error) {
    process.stderr.write(`${error.message}\n${kUsage}`);
    process.exit(2);
  }
  const registry = new Registry(wanted);
  // a device without a certificate is let in, and one with any: which one counts is decided above
  // A session that is taken up again brings its device's certificate along, but none of those above it.
  const secured = { ...ownTls(wanted.dir), requestCert: true, rejectUnauthorized: false, secureOptions: constants.SSL_OP_NO_TICKET };
  const app = express();
  app.disable('x-powered-by');
  const strain = new Strain(registry);
  app.use(portal(registry, strain), centralApi(registry, strain), enrolmentsApi(registry, strain), deviceApi(registry, wanted), refusals);
  const servers = {
    https: [wanted.https, https.createServer(secured, app)],
    mqtts: [wanted.mqtt, tls.createServer(secured, deviceMqtt(registry, wanted).handle)],
    amqps: [wanted.amqp, tls.createServer(secured, deviceAmqp(registry, wanted))],
  };
  servers.https[1].on('secureConnection', () => strain.connections++);
  let up = 0;
  for (const [name, [port, server]] of Object.entries(servers)) {
    server.listen(Number(port), '127.0.0.1', () => {
      process.stdout.write(`${name}://localhost:${server.address().port}\n`);
      if (++up === Object.keys(servers).length) process.stdout.write('ready\n');
    });
  }
}

main();
