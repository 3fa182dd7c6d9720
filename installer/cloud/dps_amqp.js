// SPDX-License-Identifier: Apache-2.0
'use strict';
// The device's side of DPS over AMQP: a link each way at {scope}/registrations/{id}. What is asked stands in a message's properties, its answer
// has the same correlation ID; a refusal is a rejected message. As DPS does, it closes an open connection to say that it does not know who that is.
const rhea = require('rhea');
const { commonName, shown } = require('./chain');
const { errorBody, statusOf } = require('./dps_http');
const { Refused } = require('./registry');

const kConditions = { 400: 'com.microsoft:argument-error', 401: 'amqp:unauthorized-access', 404: 'amqp:not-found', 429: 'com.microsoft:device-container-throttled' };

/** A refusal in AMQP's words. */
const amqpError = (error) => ({
  condition: kConditions[statusOf(error)] ?? 'amqp:internal-error',
  description: JSON.stringify(errorBody(error)),
  ...(error.retryAfter ? { info: { 'retry-after': error.retryAfter } } : {}),
});

/** Acts; a refusal goes to `refuse`. */
function orElse(refuse, act) {
  try {
    act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(error);
  }
}

/** What answers one stream of a tls.Server. */
function deviceAmqp(registry, { retryAfter }) {
  return (socket) => {
    // a container of its own for each: a user name and password come without the connection that they came by
    const container = rhea.create_container();
    const chain = shown(socket);
    const caller = { chain };
    let address = `${registry.scope}/registrations/${chain.length > 0 ? commonName(chain[0]) : ''}`;
    let answers;
    container.sasl_server_mechanisms.enable_anonymous();  // with a certificate a device comes without any SASL
    container.sasl_server_mechanisms.enable_plain((username, password) => {
      address = username;
      caller.token = password;
      return true;
    });

    const id = () => {
      const [scope, word, name] = String(address).split('/');
      if (scope !== registry.scope || word !== 'registrations') throw new Refused(401002, `the user name is not ${registry.scope}/registrations/{id}`);
      return name ?? '';
    };
    container.on('connection_open', ({ connection }) => orElse((error) => {
      // a throttled or failing device learns so from the answer to what it asks for
      if (statusOf(error) === 401) connection.close(amqpError(error));
    }, () => registry.authenticate(id(), caller)));
    container.on('sender_open', ({ sender }) => {
      sender.set_source({ address: sender.source.address });
      answers = sender;
    });
    container.on('receiver_open', ({ receiver }) => receiver.set_target({ address: receiver.target.address }));

    container.on('message', ({ message, delivery, receiver }) => orElse((error) => delivery.reject(amqpError(error)), () => {
      if (receiver.target.address !== address) throw new Refused(401002, `the link is to ${receiver.target.address}, who asks is ${address}`);
      const { 'iotdps-operation-type': type, 'iotdps-operation-id': operation } = message.application_properties ?? {};
      let state;
      if (type === 'iotdps-register') state = registry.register(id(), caller);
      else if (type === 'iotdps-get-operationstatus') state = registry.operation(id(), operation, caller);
      else throw new Refused(400004, `no such operation: ${type}`);
      delivery.accept();
      answers?.send({
        correlation_id: message.correlation_id, body: rhea.message.data_section(Buffer.from(JSON.stringify(state))),
        // as text: Azure's client takes the number 0 for none
        application_properties: { 'iotdps-status': state.status, ...(state.status === 'assigning' ? { 'retry-after': String(retryAfter) } : {}) },
      });
    }));
    // whoever breaks off, or speaks no AMQP, costs nobody else anything
    for (const event of ['disconnected', 'protocol_error']) container.on(event, () => {});
    container.on('error', (error) => console.error('amqp:', error));
    container.create_connection({ receiver_options: { autoaccept: false } }).accept(socket);
  };
}

module.exports = { deviceAmqp };
