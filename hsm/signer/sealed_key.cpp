// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/sealed_key.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace keystamp::hsm {
namespace {

constexpr std::string_view kDomain{"keystamp-sealed-v1\0", 19};
constexpr std::size_t kIv = 12;

// An ID holds no NUL, so the last one tells where the batch's name ends.
Bytes boundTo(const std::string& batch, const DeviceId& id) {
    Bytes aad = toBytes(asBytes(kDomain));
    for (const std::string_view part : {std::string_view{batch}, std::string_view{"\0", 1}, std::string_view{id.text()}}) {
        aad.insert(aad.end(), part.begin(), part.end());
    }
    return aad;
}

// CKR_* by which modules say that a tag does not fit; the last two may mean anything else as well.
constexpr std::array<long, 5> kTagAnswers{CKR_ENCRYPTED_DATA_INVALID, CKR_ENCRYPTED_DATA_LEN_RANGE, CKR_DATA_INVALID, CKR_GENERAL_ERROR,
                                          CKR_FUNCTION_FAILED};

bool isOfTheTag(const Error& error, std::size_t answers) {
    return error.where == "C_Decrypt" && std::find(kTagAnswers.begin(), kTagAnswers.begin() + answers, error.native) != kTagAnswers.begin() + answers;
}

Error broken(const char* why) { return Error{ErrorCode::HsmFault, why, 0, "C_Decrypt"}; }

}  // namespace

Result<CK_OBJECT_HANDLE> findSealingKey(const Session& session, const Bytes& ckaId) {
    const auto found = session.find(CKO_SECRET_KEY, ckaId);
    if (!found) return found.error();
    if (found->size() != 1) {
        return Error{ErrorCode::KeyMissing, fmt::format("{} secret keys with CKA_ID {}, which [signer] sealing_key names",
                                                        found->empty() ? "no" : "several", toHex(ckaId))};
    }
    const auto inside = session.staysInside(found->front());
    if (!inside) return inside.error();
    if (*inside) return found->front();
    return Error{ErrorCode::SignerRefused, fmt::format("the sealing key {} can be taken out of the HSM, and every key sealed with it read; make "
                                                       "one that cannot", toHex(ckaId))};
}

Result<Bytes> sealKey(Session& session, CK_OBJECT_HANDLE sealingKey, const std::string& batch, const DeviceId& id, const Secret& key) {
    return session.encrypt(sealingKey, randomBytes(kIv), boundTo(batch, id), key);
}

Result<Secret> openKey(Session& session, CK_OBJECT_HANDLE sealingKey, const std::string& batch, const DeviceId& id, BytesView sealed) {
    auto key = session.decrypt(sealingKey, boundTo(batch, id), sealed);
    if (key || !isOfTheTag(key.error(), 3)) return key;
    return Error{ErrorCode::RecordsAltered, "the sealed key of " + id.text() + " in batch " + batch + " was changed, or sealed with another key",
                 key.error().native, key.error().where};
}

Result<void> testSealingKey(Session& session, CK_OBJECT_HANDLE sealingKey) {
    const std::string batch = "keystamp-self-test";
    const auto one = DeviceId::parse("self-test-1");
    const auto other = DeviceId::parse("self-test-2");
    Secret key(32);
    auto sealed = sealKey(session, sealingKey, batch, *one, key);
    if (!sealed) return sealed.error();
    const auto opened = openKey(session, sealingKey, batch, *one, *sealed);
    if (!opened) return opened.error();
    if (!opened->equals(key)) return broken("it does not open what it sealed");
    const auto swapped = openKey(session, sealingKey, batch, *other, *sealed);
    if (swapped) return broken("it opens for one device what was sealed for another");
    sealed->back() ^= 1;
    const auto bent = openKey(session, sealingKey, batch, *one, *sealed);
    if (bent) return broken("it opens what was changed");
    for (const Error& refusal : {swapped.error(), bent.error()}) {
        if (refusal.code != ErrorCode::RecordsAltered && !isOfTheTag(refusal, kTagAnswers.size())) return refusal;
    }
    return {};
}

}  // namespace keystamp::hsm
