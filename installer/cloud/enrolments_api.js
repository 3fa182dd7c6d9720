// SPDX-License-Identifier: Apache-2.0
'use strict';
// The service API of DPS, of it individual enrolments by certificate: GET /enrollments/{id}, and POST /enrollments, ten at most.
const crypto = require('node:crypto');
const express = require('express');
const { Refused } = require('./registry');

const kMost = 10;

const shown = ({ id, status, certificate }) => ({
  registrationId: id, deviceId: id, provisioningStatus: status, etag: id,
  attestation: { type: 'x509', x509: { clientCertificates: { primary: { info: {
    subjectName: certificate.subject, sha1Thumbprint: certificate.fingerprint.replaceAll(':', ''), sha256Thumbprint: certificate.fingerprint256.replaceAll(':', ''),
  } } } } },
});

/** What one of a bulk would be; Refused where it cannot. */
function enrolment(registry, given) {
  const fault = registry.faults.get(given.registrationId);
  if (fault) throw new Refused(fault, 'as the stand-in was told to answer');
  if (registry.enrolments.has(given.registrationId)) throw new Refused(409201, 'there is an enrolment of that ID');
  const pem = given.attestation?.x509?.clientCertificates?.primary?.certificate;
  if (given.attestation?.type !== 'x509' || !pem) throw new Refused(400004, 'no client certificate');
  return { id: given.registrationId, status: given.provisioningStatus, certificate: new crypto.X509Certificate(pem) };
}

function enrolmentsApi(registry, strain) {
  const api = express.Router();
  const guard = strain.guard();
  api.use('/enrollments', (request, response, next) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(request.query['api-version'] ?? '')) throw new Refused(400003, 'no api-version');
    next();
  });
  api.get('/enrollments/:id', guard, (request, response) => {
    const found = registry.enrolments.get(request.params.id);
    if (!found) throw new Refused(404201, `no enrolment ${request.params.id}`);
    response.json(shown(found));
  });
  api.post('/enrollments', guard, express.json({ limit: '1mb' }), (request, response) => {
    const { mode, enrollments } = request.body;
    if (mode !== 'create' || !Array.isArray(enrollments) || enrollments.length === 0 || enrollments.length > kMost) throw new Refused(400004, `mode create and 1 to ${kMost} enrollments`);
    const errors = [];
    for (const given of enrollments) {
      try {
        const made = enrolment(registry, given);
        registry.enrolments.set(made.id, made);
        strain.noteChange(made.id);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        errors.push({ registrationId: given.registrationId, errorCode: error.errorCode, errorStatus: error.message });
      }
    }
    response.json({ isSuccessful: errors.length === 0, errors });
  });
  return api;
}

module.exports = { enrolmentsApi };
