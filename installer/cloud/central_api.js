// SPDX-License-Identifier: Apache-2.0
'use strict';
// IoT Central's REST API, of it what is about devices: GET /api/devices, GET, PUT and PATCH /api/devices/{id}.
const express = require('express');
const { Refused } = require('./registry');
const { statusOf } = require('./dps_http');

const shown = (device) => ({
  id: device.id, etag: device.id, displayName: device.name, simulated: false, provisioned: device.provisioned, enabled: !device.blocked,
  ...(device.template ? { template: device.template } : {}),
});

/** As IoT Central words a refusal. */
function refusals(error, request, response, next) {
  if (!(error instanceof Refused)) return next(error);
  if (error.retryAfter) response.set('Retry-After', String(error.retryAfter));
  return response.status(statusOf(error)).json({ error: { code: String(error.errorCode), message: error.message, requestId: 'stand-in', time: new Date().toISOString() } });
}

function centralApi(registry, strain) {
  const api = express.Router();
  api.use('/api/devices', (request, response, next) => {
    if (request.query['api-version'] !== '2022-07-31') throw new Refused(400003, 'no such api-version');
    next();
  });
  const guard = strain.guard();
  api.get('/api/devices', guard, (request, response) => response.json({ value: [...registry.devices.values()].map(shown) }));
  api.get('/api/devices/:id', guard, (request, response) => response.json(shown(registry.device(request.params.id))));
  api.put('/api/devices/:id', guard, express.json(), (request, response) => {
    const { id } = request.params;
    const { displayName, template, enabled } = request.body;
    const device = registry.devices.get(id) ?? registry.add({ id });
    Object.assign(device, { name: displayName ?? id, blocked: enabled === false });
    if (template) Object.assign(device, { template, approved: true });
    strain.noteChange(id);
    response.json(shown(device));
  });
  api.patch('/api/devices/:id', guard, express.json(), (request, response) => {
    const device = registry.device(request.params.id);
    const { displayName, template, enabled } = request.body;
    if (displayName) device.name = displayName;
    if (template) Object.assign(device, { template, approved: true });
    if (enabled !== undefined) device.blocked = !enabled;
    strain.noteChange(device.id);
    response.json(shown(device));
  });
  api.use('/api', refusals);
  return api;
}

module.exports = { centralApi };
