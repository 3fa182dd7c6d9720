// SPDX-License-Identifier: Apache-2.0
'use strict';
// What the cloud knows: enrolment groups, devices, and what becomes of a registration. In memory.
const crypto = require('node:crypto');
const { authorityOf, commonName, issued } = require('./chain');
const sas = require('./sas');

/** An answer of the service that is no success: errorCode / 1000 is its HTTP status. */
class Refused extends Error {
  constructor(errorCode, message, retryAfter) {
    super(message);
    Object.assign(this, { errorCode, retryAfter });
  }
}

function certificateOf(pem) {
  try {
    return new crypto.X509Certificate(pem);
  } catch {
    throw new Refused(400004, 'this is no certificate');
  }
}

class Registry {
  /** scope: the ID scope; hub: the host that devices are assigned to; polls: how often one is asked to come back before it is assigned. */
  constructor({ scope, hub, polls = 1 }) {
    Object.assign(this, { scope, hub, polls, groups: new Map(), devices: new Map(), operations: new Map(), enrolments: new Map() });
    this.throttled = 0;        // so many requests are told to come back
    this.faults = new Map();   // device ID -> error code
    this.failing = new Map();  // device ID -> error code: no hub takes it, which is an answer and no refusal
    this.inItsPlace = null;    // {status, type, body}: what a proxy or a network's login page says to devices
  }

  // ------------------------------------------------------------------------------------------------ groups

  /** {name, primary, secondary}: base64 keys, or certificates (PEM), which must be verified before they count. */
  addGroup({ name, kind, primary, secondary }) {
    const slots = { primary, secondary };
    const group = { name, kind, disabled: false, slots: {} };
    for (const [slot, value] of Object.entries(slots)) {
      if (!value) continue;
      group.slots[slot] = kind === 'sas' ? { key: value } : { certificate: certificateOf(value), verified: false, code: null };
    }
    this.groups.set(name, group);
    return group;
  }

  slot(name, slot) {
    const found = this.groups.get(name)?.slots[slot];
    if (!found) throw new Refused(404201, `no ${slot} of a group ${name}`);
    return found;
  }

  /** The code whose owner holds that CA's key. */
  codeFor(name, slot) {
    return (this.slot(name, slot).code = crypto.randomBytes(24).toString('hex').toUpperCase());
  }

  /** Proof of possession: a certificate with CN = the code, signed by that very CA. */
  verify(name, slot, pem) {
    const ca = this.slot(name, slot);
    const certificate = certificateOf(pem);
    if (!ca.code || commonName(certificate) !== ca.code) throw new Refused(400004, 'its CN is not the verification code');
    if (!issued(certificate, ca.certificate)) throw new Refused(400004, `it was not signed by ${commonName(ca.certificate)}`);
    ca.verified = true;
  }

  // ----------------------------------------------------------------------------------------------- devices

  device(id) {
    const found = this.devices.get(id);
    if (!found) throw new Refused(404201, `no device ${id}`);
    return found;
  }

  /** A device that somebody registered; `template` associates it, and it is approved. */
  add({ id, name, template, individual = false }) {
    if (this.devices.has(id)) throw new Refused(409002, `there is a device ${id}`);
    const device = { id, name: name || id, template: template || null, approved: Boolean(template), blocked: false, provisioned: false, seen: 0, keys: [], by: null, thumbprints: [] };
    if (individual) device.keys = [0, 1].map(() => crypto.randomBytes(32).toString('base64'));
    this.devices.set(id, device);
    return device;
  }

  static status(device) {
    if (device.blocked) return 'Blocked';
    if (device.provisioned) return 'Provisioned';
    if (device.seen === 0) return 'Registered';
    if (!device.template) return 'Unassociated';
    return device.approved ? 'Registered' : 'Waiting for approval';
  }

  /** Its keys, primary first, as an export tells them; none for one that shows certificates. */
  keysOf(device) {
    if (device.keys.length > 0) return device.keys;
    const group = [...this.groups.values()].find((each) => each.kind === 'sas');
    return group && device.by !== 'x509' ? Object.values(group.slots).map(({ key }) => sas.deviceKey(key, device.id)) : [];
  }

  // ------------------------------------------------------------------------------------------ registration

  /** The group that the caller's SAS token or certificates open for this ID, Refused where none does. */
  authenticate(id, { token, chain }) {
    if (this.throttled > 0) {
      --this.throttled;
      throw new Refused(429001, 'too many requests', 1);
    }
    if (this.faults.has(id)) throw new Refused(this.faults.get(id), 'as the stand-in was told to answer');
    if (chain.length > 0) return this.byCertificate(id, chain);
    const resource = `${this.scope}/registrations/${id}`;
    const device = this.devices.get(id);
    let fault = 'no key opens this device';
    if (device?.keys.length > 0) {
      fault = sas.fault(token, resource, device.keys);
      if (!fault) return { name: null, kind: 'sas', disabled: false };
    }
    for (const group of this.groups.values()) {
      if (group.kind !== 'sas') continue;
      const keys = Object.values(group.slots).map(({ key }) => sas.deviceKey(key, id));
      fault = sas.fault(token, resource, keys);
      if (!fault) return group;
    }
    throw new Refused(401002, fault);
  }

  byCertificate(id, chain) {
    if (commonName(chain[0]) !== id) throw new Refused(401002, `the certificate is ${commonName(chain[0])}'s`);
    const own = this.enrolments.get(id);
    if (own?.certificate.fingerprint256 === chain[0].fingerprint256) return this.ofCertificate(chain[0], { name: null, kind: 'x509', disabled: own.status === 'disabled' });
    const groups = [...this.groups.values()].filter((group) => group.kind === 'x509');
    const cas = groups.flatMap((group) => Object.values(group.slots).map((slot) => ({ group, ...slot })));
    const { authority, fault } = authorityOf(chain, cas.map((each) => each.certificate));
    if (!authority) throw new Refused(401002, fault);
    const ca = cas.find((each) => each.certificate === authority);
    if (!ca.verified) throw new Refused(401002, `${commonName(authority)} is not verified`);
    return this.ofCertificate(chain[0], ca.group);
  }

  ofCertificate(leaf, group) {
    return { ...group, thumbprint: leaf.fingerprint.replaceAll(':', '') };
  }

  /** A registration begins: what the caller must ask for again. */
  register(id, caller) {
    const group = this.authenticate(id, caller);
    const device = this.devices.get(id) ?? this.add({ id });
    ++device.seen;
    device.by = group.kind;
    if (group.thumbprint && !device.thumbprints.includes(group.thumbprint)) device.thumbprints.push(group.thumbprint);
    const operationId = `4.${crypto.randomBytes(8).toString('hex')}.${crypto.randomUUID()}`;
    this.operations.set(operationId, { id, polls: this.polls, disabled: group.disabled });
    return { operationId, status: 'assigning' };
  }

  /** How a registration stands; it is decided when it is asked for the last time. */
  operation(id, operationId, caller) {
    this.authenticate(id, caller);
    const operation = this.operations.get(operationId);
    if (operation?.id !== id) throw new Refused(404203, `no operation ${operationId}`);
    if (operation.polls-- > 0) return { operationId, status: 'assigning' };
    this.operations.delete(operationId);
    const device = this.device(id);
    const state = { registrationId: id, createdDateTimeUtc: new Date().toISOString(), lastUpdatedDateTimeUtc: new Date().toISOString(), etag: crypto.randomUUID() };
    if (device.blocked || operation.disabled) return { operationId, status: 'disabled', registrationState: { ...state, status: 'disabled' } };
    if (!device.template || !device.approved) return { operationId, status: 'unassigned', registrationState: { ...state, status: 'unassigned' } };
    const errorCode = this.failing.get(id);
    if (errorCode) {
      return { operationId, status: 'failed', registrationState: { ...state, status: 'failed', errorCode, errorMessage: 'Custom allocation failed with status code: 400' } };
    }
    device.provisioned = true;
    const assigned = { ...state, assignedHub: this.hub, deviceId: id, status: 'assigned', substatus: 'initialAssignment' };
    return { operationId, status: 'assigned', registrationState: assigned };
  }
}

module.exports = { Registry, Refused };
