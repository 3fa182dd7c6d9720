// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the signer's words as CBOR maps and back. hsm/README.md lists every message with its fields.
//
// The functions that read throw nlohmann's exceptions where a field is missing or of another type; both doors (the worker's
// dispatch, the client's calls) catch them.
#pragma once

#include "hsm/signer.h"
#include "hsm/wire.h"

namespace keystamp::hsm::messages {

inline constexpr int kVersion = 1;

Bytes bytes(const wire::Body& field);
Digest digest(const wire::Body& field);
UtcTime time(const wire::Body& field);
wire::Body fromTime(UtcTime time);

wire::Body fromGrant(const Grant& grant);
Result<Grant> toGrant(const wire::Body& body);

wire::Body fromStatus(const SignerStatus& status);
Result<SignerStatus> toStatus(const wire::Body& body);

wire::Body fromCaRequest(const CaRequest& request);
Result<CaRequest> toCaRequest(const wire::Body& body);
wire::Body fromCaRequested(const CaRequested& made);
CaRequested toCaRequested(const wire::Body& body);
wire::Body fromHalfTaken(const HalfTaken& taken);
HalfTaken toHalfTaken(const wire::Body& body);

wire::Body fromCrl(const Crl& crl);
Crl toCrl(const wire::Body& body);
wire::Body fromLeaf(const Leaf& leaf);
Result<Leaf> toLeaf(const wire::Body& body);

wire::Body fromRecord(const SerialRecord& record);
Result<SerialRecord> toRecord(const wire::Body& body);

wire::Body fromIssuances(const std::vector<Issuance>& issuances);
Result<std::vector<Issuance>> toIssuances(const wire::Body& body);

wire::Body fromHead(const TreeHead& head);
TreeHead toHead(const wire::Body& body);

wire::Body fromCheckpoint(const SignedCheckpoint& checkpoint);
SignedCheckpoint toCheckpoint(const wire::Body& body);

wire::Body fromIds(const std::vector<DeviceId>& ids);
Result<std::vector<DeviceId>> toIds(const wire::Body& body);
/// One secret frame for many keys, kMostKeysAtOnce at most: each as a byte with its length and its bytes.
Secret pack(const std::vector<BytesView>& keys);
Result<std::vector<Secret>> unpack(const Secret& packed);
/// In the order of their IDs.
Result<std::vector<ImportedKey>> unpackKeys(const std::vector<DeviceId>& ids, const Secret& packed);

wire::Body fromSlots(const std::vector<Slot>& slots);
/// None where one of them is none.
std::vector<Slot> toSlots(const wire::Body& body);
/// What the HSM may take, beyond any request's time.
std::chrono::milliseconds timeForDeriving(std::size_t keys);

wire::Body fromCounts(const LedgerCounts& counts);
LedgerCounts toCounts(const wire::Body& body);

}  // namespace keystamp::hsm::messages
