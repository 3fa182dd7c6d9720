/* SPDX-License-Identifier: Apache-2.0 */
#include "flashing/agent/agent.h"

#include <string.h>

#include "flashing/agent/commands.h"

void ks_agent_init(ks_agent *agent, ks_port *port) {
    ks_wipe(agent, sizeof *agent);
    agent->port = port;
    agent->draft_stored = ks_store_open(&agent->store, port, &agent->draft);
    if (agent->store.locked) ks_port_lock(port); /* in case the power went between the lock and this */
}

static void fail(ks_writer *writer, uint8_t *body, uint8_t version, uint16_t group, int rc) {
    writer->at = body;
    writer->full = false;
    if (group != KS_GROUP || version == 0) {
        ks_cbor_map(writer, 1);
        ks_cbor_key(writer, "rc");
        ks_cbor_uint(writer, (uint32_t)rc);
        return;
    }
    ks_cbor_map(writer, 1);
    ks_cbor_key(writer, "err");
    ks_cbor_map(writer, 2);
    ks_cbor_key(writer, "group");
    ks_cbor_uint(writer, group);
    ks_cbor_key(writer, "rc");
    ks_cbor_uint(writer, (uint32_t)rc);
}

/* One request. Returns false where the board was reset and `agent` must not be touched again. */
static bool answer(ks_agent *agent, const uint8_t *message, size_t length) {
    ks_writer writer = {agent->reply + KS_SMP_HEADER, agent->reply + sizeof agent->reply, false};
    uint8_t *const body = writer.at;
    ks_request request;
    uint8_t op;
    uint8_t version;
    uint8_t command;
    uint16_t group;
    bool reset = false;
    if (length < KS_SMP_HEADER) return true;
    op = message[0] & 7;
    version = (message[0] >> 3) & 3;
    group = (uint16_t)((message[4] << 8) | message[5]);
    command = message[7];
    request.map = message + KS_SMP_HEADER;
    request.length = length - KS_SMP_HEADER;
    if ((op != KS_OP_READ && op != KS_OP_WRITE) || request.length != (size_t)((message[2] << 8) | message[3])) return true;
    if (request.length > 0 && !ks_cbor_is_map(request.map, request.length)) {
        fail(&writer, body, version, 0, KS_SMP_EINVAL);
    } else if (group == KS_GROUP_OS && command == KS_OS_RESET && op == KS_OP_WRITE) {
        reset = true;
        ks_cbor_map(&writer, 0);
    } else if (group != KS_GROUP || !ks_command_exists(command, op)) {
        fail(&writer, body, version, 0, KS_SMP_ENOTSUP);
    } else {
        const int rc = ks_command(agent, command, &request, &writer);
        if (rc != KS_OK) fail(&writer, body, version, group, rc);
    }
    memcpy(agent->reply, message, KS_SMP_HEADER);
    agent->reply[0] = (uint8_t)((version << 3) | (op + 1));
    agent->reply[1] = 0;
    agent->reply[2] = (uint8_t)((writer.at - body) >> 8);
    agent->reply[3] = (uint8_t)(writer.at - body);
    ks_send_frame(agent->port, agent->reply, (size_t)(writer.at - agent->reply));
    if (reset) ks_port_reset(agent->port);
    return !reset;
}

void ks_agent_input(ks_agent *agent, const uint8_t *bytes, size_t length) {
    for (size_t i = 0; i < length; ++i) {
        const size_t message = ks_deframe(&agent->deframer, bytes[i]);
        if (message == 0) continue;
        if (!answer(agent, agent->deframer.bytes + 2, message)) return;
        ks_wipe(agent->deframer.bytes, message); /* it may have been a key */
    }
}
