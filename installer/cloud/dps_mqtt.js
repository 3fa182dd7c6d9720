// SPDX-License-Identifier: Apache-2.0
'use strict';
// The device's side of DPS over MQTT: publishes to $dps/registrations/..., answers on $dps/registrations/res/...
const aedes = require('aedes');
const { shown } = require('./chain');
const { errorBody, statusOf } = require('./dps_http');
const { Refused } = require('./registry');

const kRegister = '$dps/registrations/PUT/iotdps-register/?';
const kOperation = '$dps/registrations/GET/iotdps-get-operationstatus/?';

/** An MQTT server for streams of a tls.Server. */
function deviceMqtt(registry, { retryAfter }) {
  const broker = aedes();
  broker.authenticate = (client, username, password, done) => {
    const [scope, word, id] = String(username).split('/');
    client.caller = { id: client.id, token: password?.toString(), chain: shown(client.conn) };
    try {
      if (scope !== registry.scope || word !== 'registrations' || id !== client.id) throw new Refused(401002, 'user name and client ID do not agree');
      registry.authenticate(id, client.caller);
      done(null, true);
    } catch (error) {
      // a throttled or failing device learns so from the answer to what it asks for
      if (error instanceof Refused && statusOf(error) !== 401) return done(null, true);
      done(Object.assign(new Error(error.message), { returnCode: 5 }), false);
    }
  };
  broker.authorizePublish = (client, packet, done) => {
    done(packet.topic.startsWith('$dps/registrations/') ? null : new Error('only registrations'));
    if (client && packet.topic.startsWith('$dps/')) answer(client, packet);
  };

  const answer = (client, packet) => {
    const query = new URLSearchParams(packet.topic.slice(packet.topic.indexOf('?') + 1));
    const reply = (status, body, wait) => client.publish({
      topic: `$dps/registrations/res/${status}/?$rid=${query.get('$rid')}${wait === undefined ? '' : `&retry-after=${wait}`}`,
      payload: JSON.stringify(body), qos: 0, retain: false,
    }, () => {});
    const { id, token, chain } = client.caller;
    try {
      if (packet.topic.startsWith(kRegister)) reply(202, registry.register(id, { token, chain }), retryAfter);
      else if (packet.topic.startsWith(kOperation)) {
        const state = registry.operation(id, query.get('operationId'), { token, chain });
        if (state.status === 'assigning') reply(202, state, retryAfter);
        else reply(200, state);
      } else throw new Refused(404001, 'no such topic');
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      reply(statusOf(error), errorBody(error), error.retryAfter);
    }
  };
  return broker;
}

module.exports = { deviceMqtt };
