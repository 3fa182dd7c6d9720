// SPDX-License-Identifier: Apache-2.0
'use strict';
// Shared access signatures as DPS takes them: an HMAC-SHA256 over "{sr}\n{se}", sr exactly as it was sent.
const crypto = require('node:crypto');

/** The 44 characters that a group's key gives one device. */
const deviceKey = (groupKey, id) => hmac(groupKey, id);

const hmac = (base64Key, text) => crypto.createHmac('sha256', Buffer.from(base64Key, 'base64')).update(text, 'utf8').digest('base64');

/** {sr, sig, se, skn} of `SharedAccessSignature sr=...&sig=...`, sr as it stands there; null where it is none. */
function parse(token) {
  const [scheme, fields] = String(token ?? '').split(' ');
  if (scheme !== 'SharedAccessSignature' || !fields) return null;
  const found = Object.fromEntries(fields.split('&').map((field) => [field.slice(0, field.indexOf('=')), field.slice(field.indexOf('=') + 1)]));
  return found.sr && found.sig && found.se ? found : null;
}

/** Why the token does not open `resource` with any of the keys; null where it does. */
function fault(token, resource, keys, now = Date.now()) {
  const fields = parse(token);
  if (!fields) return 'no shared access signature';
  if (decodeURIComponent(fields.sr).toLowerCase() !== resource.toLowerCase()) return `the signature is for ${decodeURIComponent(fields.sr)}`;
  if (!/^\d+$/.test(fields.se) || Number(fields.se) * 1000 < now) return 'the signature has expired';
  const signature = Buffer.from(decodeURIComponent(fields.sig), 'base64');
  const good = keys.some((key) => {
    const expected = Buffer.from(hmac(key, `${fields.sr}\n${fields.se}`), 'base64');
    return expected.length === signature.length && crypto.timingSafeEqual(expected, signature);
  });
  return good ? null : 'the signature is not by a key of this device';
}

module.exports = { deviceKey, fault };
