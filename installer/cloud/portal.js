// SPDX-License-Identifier: Apache-2.0
'use strict';
// The operator's side: a page, and what it asks for: devices, groups, import and export, faults on demand.
const path = require('node:path');
const express = require('express');
const { readImport, writeExport } = require('./csv');
const { Registry, Refused } = require('./registry');

const shownDevice = (device) => ({
  id: device.id, name: device.name, template: device.template, approved: device.approved, blocked: device.blocked,
  status: Registry.status(device), by: device.by, thumbprints: device.thumbprints,
});

const shownGroup = (group) => ({
  name: group.name, kind: group.kind, disabled: group.disabled,
  slots: Object.fromEntries(Object.entries(group.slots).map(([slot, { verified }]) => [slot, { verified: group.kind === 'sas' || verified }])),
});

function portal(registry, strain) {
  const api = express.Router();
  const text = express.text({ type: () => true, limit: '64mb' });
  const file = express.raw({ type: () => true });  // PEM or DER

  for (const [place, file] of [['/', 'page.html'], ['/page.js', 'page.js']]) {
    api.get(place, (request, response) => response.sendFile(path.join(__dirname, file)));
  }

  api.get('/portal/devices', (request, response) => response.json([...registry.devices.values()].map(shownDevice)));
  api.post('/portal/devices', express.json(), (request, response) => response.json(shownDevice(registry.add(request.body))));
  api.delete('/portal/devices', (request, response) => {
    registry.devices.clear();
    response.json({});
  });
  api.patch('/portal/devices/:id', express.json(), (request, response) => {
    const device = registry.device(request.params.id);
    for (const word of ['template', 'approved', 'blocked']) if (word in request.body) device[word] = request.body[word];
    response.json(shownDevice(device));
  });
  api.post('/portal/import', text, (request, response) => {
    const { devices, wrong } = readImport(request.body);
    for (const device of wrong.length > 0 ? [] : devices) {
      if (registry.devices.has(device.id)) wrong.push(`there is a device ${device.id}`);
      else registry.add({ ...device, template: request.query.template });
    }
    response.status(wrong.length > 0 ? 400 : 200).json({ imported: wrong.length > 0 ? 0 : devices.length, wrong });
  });
  api.get('/portal/export', (request, response) => response.type('text/csv').send(writeExport(registry)));

  api.get('/portal/groups', (request, response) => response.json([...registry.groups.values()].map(shownGroup)));
  api.post('/portal/groups', express.json(), (request, response) => response.json(shownGroup(registry.addGroup(request.body))));
  api.patch('/portal/groups/:name', express.json(), (request, response) => {
    const group = registry.groups.get(request.params.name);
    if (!group) throw new Refused(404201, `no group ${request.params.name}`);
    group.disabled = Boolean(request.body.disabled);
    response.json(shownGroup(group));
  });
  api.post('/portal/groups/:name/:slot/code', (request, response) => response.json({ code: registry.codeFor(request.params.name, request.params.slot) }));
  api.post('/portal/groups/:name/:slot/verify', file, (request, response) => {
    registry.verify(request.params.name, request.params.slot, request.body);
    response.json(shownGroup(registry.groups.get(request.params.name)));
  });

  api.post('/portal/tokens', (request, response) => response.json({ token: strain.newToken() }));
  api.get('/portal/enrolments', (request, response) => response.json([...registry.enrolments.values()].map(({ id, status }) => ({ id, status }))));
  api.delete('/portal/enrolments', (request, response) => {
    registry.enrolments.clear();
    response.json({});
  });
  api.patch('/portal/enrolments/:id', express.json(), (request, response) => {
    const found = registry.enrolments.get(request.params.id);
    if (!found) throw new Refused(404201, `no enrolment ${request.params.id}`);
    found.status = request.body.status;
    response.json({});
  });
  // how often each device was changed by an API, and how many questions were asked; {"nth": 3, "after": true}: the third from now is done and never answered
  api.get('/portal/asked', (request, response) => response.json({ asked: strain.asked, connections: strain.connections, stalled: strain.stalled, changed: Object.fromEntries(strain.changed) }));
  api.post('/portal/stall', express.json(), (request, response) => {
    strain.stall(request.body.nth, request.body.after);
    response.json({});
  });

  // {"throttle": 2}: the next two requests come too soon. {"device": "x", "errorCode": 500000}: it is told that; null ends it. {"device": "x",
  // "failure": 400207}: its registration ends so; null ends it. {"inItsPlace": {"status": 403,
  // "type": "html", "body": "..."}}: a network's login page answers devices; null ends it
  api.post('/portal/faults', express.json(), (request, response) => {
    const { throttle, device, errorCode, failure, inItsPlace } = request.body;
    if (throttle !== undefined) registry.throttled = Number(throttle);
    for (const [faults, code] of [[registry.faults, errorCode], [registry.failing, failure]]) {
      if (device !== undefined && code !== undefined) code ? faults.set(device, Number(code)) : faults.delete(device);
    }
    if (inItsPlace !== undefined) registry.inItsPlace = inItsPlace;
    response.json({});
  });
  return api;
}

module.exports = { portal };
