// SPDX-License-Identifier: Apache-2.0
'use strict';
// A client's certificate and what it sent above it, held against the CAs of an enrolment group.
const { X509Certificate } = require('node:crypto');

/** What a TLS client showed: leaf first, each as X509Certificate. */
function shown(socket) {
  const chain = [];
  let each = socket.getPeerCertificate?.(true);
  while (each?.raw && !chain.some((known) => known.raw.equals(each.raw))) {
    chain.push(new X509Certificate(each.raw));
    each = each.issuerCertificate;
  }
  return chain;
}

const commonName = (certificate) => /^CN=(.*)$/m.exec(certificate.subject)?.[1] ?? '';

const inTime = (certificate, now) => Date.parse(certificate.validFrom) <= now && now <= Date.parse(certificate.validTo);

const issued = (below, above) => below.checkIssued(above) && below.verify(above.publicKey);

/** The CA of `authorities` that the chain ends at; or why there is none, as {fault}. */
function authorityOf(chain, authorities, now = Date.now()) {
  for (let n = 0; n < chain.length; ++n) {
    if (!inTime(chain[n], now)) return { fault: `${commonName(chain[n])} is not valid now` };
    if (n > 0 && !chain[n].ca) return { fault: `${commonName(chain[n])} is no CA` };
    const found = n > 0 && authorities.find((each) => each.fingerprint256 === chain[n].fingerprint256);
    if (found) return { authority: found };
    if (n + 1 < chain.length && !issued(chain[n], chain[n + 1])) return { fault: `${commonName(chain[n])} was not issued by what was sent above it` };
  }
  return { fault: 'no CA of an enrolment group stands above it in what was sent' };
}

module.exports = { shown, commonName, authorityOf, issued };
