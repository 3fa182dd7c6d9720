// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fake_board.h"

#include <stdexcept>

#include "tests/support/crypto.h"
#include "tests/support/scripted_fault.h"

namespace keystamp::test {
using flashing::BoardInfo;
using flashing::Credential;

namespace {

// As the reference agent numbers them (flashing/PROTOCOL.md), so that records look alike.
constexpr long kLocked = 2;
constexpr long kOrder = 3;
constexpr long kEmpty = 4;
constexpr long kNotSupported = 5;
constexpr long kBadCredential = 9;

Error refused(long rc, std::string why) { return Error{ErrorCode::BoardRefused, std::move(why), rc, "fake board"}; }

Error asError(const BoardFault& fault) {
    if (fault.code == ErrorCode::Internal) throw std::out_of_range{"as a driver with a defect"};
    return Error{fault.code, "scripted", fault.native, "fake board"};
}

}  // namespace

const BoardFault* FakeBoard::struck(BoardCall call) {
    m_silicon->calls.push_back(call);
    return strike(m_silicon->faults, call);
}

Result<BoardInfo> FakeBoard::info(Deadline) {
    const std::lock_guard lock(m_silicon->m_mutex);
    if (const BoardFault* fault = struck(BoardCall::Info)) return asError(*fault);
    BoardInfo info;
    info.uid = m_silicon->uid;
    info.family = "fake";
    info.firmware = "1.0";
    info.makesKeys = m_silicon->makesKeys;
    info.proves = m_silicon->proves;
    info.readsBack = m_silicon->readsBack;
    info.takesX509 = m_silicon->takesX509;
    info.accepted = m_silicon->accepts;
    info.showsByReading = m_silicon->readsBack;
    info.locked = m_silicon->locked;
    if (m_silicon->m_held) {
        const Credential& held = m_silicon->m_held->credential;
        info.credential = flashing::credentialDigest(held);
        info.deviceId = held.id.text();
        info.scopeId = held.scopeId;
    }
    if (m_silicon->m_session && !m_silicon->m_session->key.empty()) {
        info.pendingKey = sha256(publicKeyOf(m_silicon->m_session->key));
    }
    return info;
}

Result<void> FakeBoard::begin(Mode kind, const DeviceId& id, const std::string& scopeId, Deadline) {
    const std::lock_guard lock(m_silicon->m_mutex);
    const BoardFault* fault = struck(BoardCall::Begin);
    if (fault != nullptr && !fault->after) return asError(*fault);
    if (m_silicon->locked) return refused(kLocked, "locked");
    auto& session = m_silicon->m_session;
    if (!session || session->kind != kind || session->id != id || session->scopeId != scopeId) {
        session = std::make_unique<FakeSilicon::Session>(FakeSilicon::Session{kind, id, scopeId, {}});
    }
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<Bytes> FakeBoard::makeKey(Deadline) {
    const std::lock_guard lock(m_silicon->m_mutex);
    const BoardFault* fault = struck(BoardCall::MakeKey);
    if (fault != nullptr && !fault->after) return asError(*fault);
    auto& session = m_silicon->m_session;
    if (m_silicon->locked) return refused(kLocked, "locked");
    if (!m_silicon->makesKeys) return refused(kNotSupported, "cannot make keys");
    if (!session || session->kind != Mode::X509) return refused(kOrder, "no session");
    if (session->key.empty()) session->key = newKey();
    if (fault != nullptr) return asError(*fault);
    return newCsr(session->key, session->id.text());
}

Result<void> FakeBoard::write(const Credential& credential, Deadline) {
    const std::lock_guard lock(m_silicon->m_mutex);
    const BoardFault* fault = struck(BoardCall::Write);
    if (fault != nullptr && !fault->after) return asError(*fault);
    auto& session = m_silicon->m_session;
    if (m_silicon->locked) return refused(kLocked, "locked");
    if (!session || session->kind != credential.kind || session->id != credential.id) return refused(kOrder, "no session");
    Bytes key = credential.privateKey.empty() ? session->key : toBytes(credential.privateKey.view());
    const bool whole = credential.kind == Mode::Sas ? credential.sasKey.size() == 32 : !credential.chain.empty() && !key.empty();
    if (!whole) return refused(kBadCredential, "not a whole credential");
    m_silicon->m_held = std::make_unique<FakeSilicon::Held>(FakeSilicon::Held{
        Credential{credential.kind, credential.id, session->scopeId, credential.chain, {}, credential.sasKey.clone()},
        std::move(key)});
    session.reset();
    if (!m_silicon->uidAfterWrite.empty()) {
        m_silicon->uid = m_silicon->uidAfterWrite;
        m_silicon->m_held.reset();
    }
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<Bytes> FakeBoard::prove(BytesView nonce32, Deadline) {
    const std::lock_guard lock(m_silicon->m_mutex);
    const BoardFault* fault = struck(BoardCall::Prove);
    if (fault != nullptr && !fault->after) return asError(*fault);
    if (!m_silicon->proves) return refused(kNotSupported, "cannot prove");
    if (!m_silicon->m_held) return refused(kEmpty, "holds no credential");
    const FakeSilicon::Held& held = *m_silicon->m_held;
    Bytes message = flashing::proofMessage(nonce32, m_silicon->uid, held.credential.id, held.credential.scopeId,
                                           flashing::credentialDigest(held.credential));
    if (m_silicon->proofIsBad) message.back() ^= 1;
    if (fault != nullptr) return asError(*fault);
    return held.credential.kind == Mode::Sas ? hmacSha256(held.credential.sasKey.view(), message)
                                             : signWith(held.key, message);
}

Result<void> FakeBoard::lock(Deadline) {
    const std::lock_guard lock(m_silicon->m_mutex);
    const BoardFault* fault = struck(BoardCall::Lock);
    if (fault != nullptr && !fault->after) return asError(*fault);
    if (!m_silicon->m_held) return refused(kEmpty, "holds no credential");
    m_silicon->locked = true;
    m_silicon->m_session.reset();
    if (fault != nullptr) return asError(*fault);
    return {};
}

Result<void> FakeBoard::erase(Deadline) {
    const std::lock_guard lock(m_silicon->m_mutex);
    const BoardFault* fault = struck(BoardCall::Erase);
    if (fault != nullptr && !fault->after) return asError(*fault);
    if (m_silicon->locked) return refused(kLocked, "locked");
    m_silicon->m_held.reset();
    m_silicon->m_session.reset();
    if (fault != nullptr) return asError(*fault);
    return {};
}

}  // namespace keystamp::test
