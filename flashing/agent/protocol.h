/* SPDX-License-Identifier: Apache-2.0 */
/* The numbers of flashing/PROTOCOL.md, for C and C++. */
#ifndef KEYSTAMP_AGENT_PROTOCOL_H
#define KEYSTAMP_AGENT_PROTOCOL_H

/* SMP header */
#define KS_SMP_HEADER 8
#define KS_SMP_VERSION 1 /* the version field of SMP version 2 */
#define KS_OP_READ 0
#define KS_OP_READ_REPLY 1
#define KS_OP_WRITE 2
#define KS_OP_WRITE_REPLY 3

#define KS_GROUP_OS 0
#define KS_OS_RESET 5
#define KS_GROUP 0x4B53 /* "KS" */

/* commands of KS_GROUP */
#define KS_CMD_INFO 0
#define KS_CMD_BEGIN 1
#define KS_CMD_KEYGEN 2
#define KS_CMD_CSR 3
#define KS_CMD_PUT 4
#define KS_CMD_COMMIT 5
#define KS_CMD_PROVE 6
#define KS_CMD_LOCK 7
#define KS_CMD_ERASE 8

/* rc of KS_GROUP */
#define KS_OK 0
#define KS_RC_UNKNOWN 1
#define KS_RC_LOCKED 2
#define KS_RC_ORDER 3
#define KS_RC_EMPTY 4
#define KS_RC_UNSUPPORTED 5
#define KS_RC_ARGUMENT 6
#define KS_RC_OFFSET 7
#define KS_RC_TOO_BIG 8
#define KS_RC_CREDENTIAL 9
#define KS_RC_MISMATCH 10
#define KS_RC_KEY 11
#define KS_RC_FLASH 12
#define KS_RC_CRYPTO 13

/* rc of SMP itself (MGMT_ERR_*) */
#define KS_SMP_EINVAL 3
#define KS_SMP_ENOTSUP 8

#define KS_MODE_X509 0
#define KS_MODE_SAS 1

#define KS_CAP_KEYGEN 1u
#define KS_CAP_PROVE 2u

/* parts of the credential stream */
#define KS_PART_LEAF 1
#define KS_PART_INTERMEDIATE 2
#define KS_PART_PRIVATE_KEY 3
#define KS_PART_SAS_KEY 4

/* sizes */
#define KS_UID_MAX 32
#define KS_ID_MAX 64
#define KS_SCOPE_MAX 64
#define KS_NONCE 32
#define KS_HASH 32
#define KS_EC_KEY 32
#define KS_EC_PUBLIC 64 /* X, Y */
#define KS_PUT_ALIGN 64 /* every put but the last is a multiple of this */
#define KS_LINE_MAX 127

#define KS_PROOF_DOMAIN "keystamp-proof-v1" /* and its terminating zero */

#endif
