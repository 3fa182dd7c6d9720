// SPDX-License-Identifier: Apache-2.0
'use strict';
// Whoever asks for a service's own API: by a token that the portal gave. And what may befall each question, on demand.
const crypto = require('node:crypto');
const { Refused } = require('./registry');

class Strain {
  constructor(registry) {
    Object.assign(this, { registry, tokens: new Set(), asked: 0, connections: 0, changed: new Map(), stallAt: 0, stallAfter: false, stalled: false });
  }

  /** As IoT Central's are, and those of a DPS. */
  newToken() {
    const token = `SharedAccessSignature sr=${crypto.randomUUID()}&sig=${encodeURIComponent(crypto.randomBytes(32).toString('base64'))}&skn=keystamp&se=4102444800000`;
    this.tokens.add(token);
    return token;
  }

  /** Lets a question with a good token through, unless it is throttled, or the one that is never answered. */
  guard() {
    return (request, response, next) => {
      if (!this.tokens.has(request.get('authorization'))) throw new Refused(401001, 'the token is not valid');
      if (this.registry.throttled > 0) {
        --this.registry.throttled;
        throw new Refused(429001, 'too many requests', 1);
      }
      const fault = this.registry.faults.get(request.params.id);
      if (fault) throw new Refused(fault, 'as the stand-in was told to answer');
      if (++this.asked !== this.stallAt) return next();
      this.stalled = true;
      if (!this.stallAfter) return undefined;
      response.json = () => response;  // it is done, and nobody hears of it
      return next();
    };
  }

  /** The nth question from now is never answered: before it is done, or after. */
  stall(nth, after) {
    Object.assign(this, { asked: 0, changed: new Map(), stallAt: nth, stallAfter: Boolean(after), stalled: false });
  }

  noteChange(id) {
    this.changed.set(id, (this.changed.get(id) ?? 0) + 1);
  }
}

module.exports = { Strain };
