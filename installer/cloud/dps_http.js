// SPDX-License-Identifier: Apache-2.0
'use strict';
// The device's side of DPS over HTTPS: PUT .../register, GET .../operations/{operationId}.
const crypto = require('node:crypto');
const express = require('express');
const { shown } = require('./chain');
const { Refused } = require('./registry');

/** As the service words a refusal. */
const errorBody = (error) => ({
  errorCode: error.errorCode, trackingId: crypto.randomUUID(), message: error.message, timestampUtc: new Date().toISOString(),
});

const statusOf = (error) => Math.floor(error.errorCode / 1000);

function deviceApi(registry, { retryAfter }) {
  const api = express.Router();
  const caller = (request) => ({ token: request.get('authorization'), chain: shown(request.socket) });
  api.use('/:scope/registrations/:id', (request, response, next) => {
    const page = registry.inItsPlace;
    if (page) return response.status(page.status).type(page.type).send(page.body);
    if (request.params.scope !== registry.scope) throw new Refused(404001, `no ID scope ${request.params.scope}`);
    if (!/^\d{4}-\d\d-\d\d/.test(request.query['api-version'] ?? '')) throw new Refused(400003, 'no api-version');
    return next();
  });
  api.put('/:scope/registrations/:id/register', express.json(), (request, response) => {
    const { id } = request.params;
    if (request.body?.registrationId !== id) throw new Refused(400004, 'registrationId is not the one in the path');
    response.status(202).set('Retry-After', String(retryAfter)).json(registry.register(id, caller(request)));
  });
  api.get('/:scope/registrations/:id/operations/:operation', (request, response) => {
    const answer = registry.operation(request.params.id, request.params.operation, caller(request));
    if (answer.status === 'assigning') response.status(202).set('Retry-After', String(retryAfter));
    response.json(answer);
  });
  return api;
}

/** What any route of the stand-in answers to a refusal. */
function refusals(error, request, response, next) {
  if (!(error instanceof Refused)) return next(error);
  if (error.retryAfter) response.set('Retry-After', String(error.retryAfter));
  return response.status(statusOf(error)).json(errorBody(error));
}

module.exports = { deviceApi, refusals, errorBody, statusOf };
