// SPDX-License-Identifier: Apache-2.0
#include "flashing/board_program/virtual_board.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <string_view>

namespace keystamp::flashing::board_program {
namespace {

void append(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

CommandName commandOf(BytesView message) {
    return {static_cast<std::uint16_t>((message[4] << 8) | message[5]), message[7]};
}

/// A frame that answers this request with an error of the agent's group.
Bytes refusalOf(BytesView message, int rc) {
    const CommandName command = commandOf(message);
    const Bytes map = nlohmann::json::to_cbor({{"err", {{"group", command.group}, {"rc", rc}}}});
    Bytes reply = toBytes(message.first(KS_SMP_HEADER));
    reply[0] = static_cast<std::uint8_t>(reply[0] + 1);
    reply[2] = static_cast<std::uint8_t>(map.size() >> 8);
    reply[3] = static_cast<std::uint8_t>(map.size());
    append(reply, map);
    return smp::frame(reply);
}

constexpr std::string_view kGarbage = "\x15\x80?!\x06\x09 not base64 \xff\n\x04\x14QUJD\n";
constexpr std::string_view kBrokenCrc = "\x06\x09" "AA9IZWxsbywgd29ybGQhAAA=\n";
constexpr std::string_view kLogLine = "[00:00:01.234,567] <inf> app: still alive, 42 % idle\r\n";

}  // namespace

Result<std::unique_ptr<VirtualBoard>> VirtualBoard::make(BoardMake make) {
    std::unique_ptr<VirtualBoard> board{new VirtualBoard};
    ks_host_init(&board->m_port);
    std::copy(make.uid.begin(), make.uid.end(), board->m_port.uid);
    board->m_port.uid_length = make.uid.size();
    board->m_port.makes_keys = make.makesKeys;
    board->m_port.send = [](void* context, const std::uint8_t* bytes, std::size_t length) {
        append(*static_cast<Bytes*>(context), {bytes, length});
    };
    if (!make.flashFile.empty() && !ks_host_open_flash(&board->m_port, make.flashFile.c_str())) {
        return Error{ErrorCode::IoFault, make.flashFile + ": " + std::strerror(errno), errno, "flash file"};
    }
    board->m_faults = std::move(make.faults);
    ks_agent_init(&board->m_agent, &board->m_port);
    for (const Fault& fault : board->m_faults) {
        if (fault.kind != FaultKind::Foreign && fault.kind != FaultKind::Locked) continue;
        if (auto held = board->holdForeignCredential(fault.kind == FaultKind::Locked); !held) return held.error();
    }
    return board;
}

VirtualBoard::~VirtualBoard() { ks_host_free(&m_port); }

Result<void> VirtualBoard::holdForeignCredential(bool lock) {
    constexpr std::string_view kId = "somebody-else";
    constexpr std::string_view kScope = "0ne00OTHER1";
    if (m_agent.store.held) return {};
    ks_draft draft{};
    draft.identity.mode = KS_MODE_SAS;
    draft.identity.id_length = kId.size();
    draft.identity.scope_length = kScope.size();
    std::copy(kId.begin(), kId.end(), draft.identity.id);
    std::copy(kScope.begin(), kScope.end(), draft.identity.scope);
    Bytes stream = randomBytes(3 + KS_HASH);
    stream[0] = KS_PART_SAS_KEY;
    stream[1] = 0;
    stream[2] = KS_HASH;
    const Digest whole = sha256(stream);
    const Digest credential = sha256(BytesView{stream}.subspan(3));
    ks_store& store = m_agent.store;
    if (ks_store_write_draft(&store, &draft) != KS_OK ||
        ks_store_write_stream(&store, 0, stream.data(), stream.size()) != KS_OK ||
        ks_store_commit(&store, &draft.identity, static_cast<std::uint32_t>(stream.size()), whole.data(),
                        credential.data()) != KS_OK ||
        (lock && ks_store_lock(&store) != KS_OK)) {
        return Error{ErrorCode::IoFault, "a credential of another device", 0, "flash file"};
    }
    return {};
}

void VirtualBoard::run(BytesView bytes, Bytes& out) {
    m_port.context = &out;
    ks_agent_input(&m_agent, bytes.data(), bytes.size());
    if (!m_port.reset) return;
    ks_host_restart(&m_port);
    ks_agent_init(&m_agent, &m_port);
}

const Fault* VirtualBoard::striking(CommandName command) {
    const auto found = std::find_if(m_faults.begin(), m_faults.end(),
                                    [&](const Fault& each) { return each.at.value_or(command) == command; });
    return found == m_faults.end() ? nullptr : &*found;
}

void VirtualBoard::answer(BytesView message, Bytes& out, Effect& effect) {
    const Fault* found = message.size() < KS_SMP_HEADER ? nullptr : striking(commandOf(message));
    if (found == nullptr) return run(smp::frame(message), out);
    const Fault fault = *found;
    if (fault.once) m_faults.erase(m_faults.begin() + (found - m_faults.data()));
    m_condemned = m_condemned || fault.condemns();

    Bytes unheard;
    switch (fault.kind) {
        case FaultKind::Silent:
            break;
        case FaultKind::Lost:
            run(smp::frame(message), unheard);
            break;
        case FaultKind::Nonsense:
            append(out, asBytes(kGarbage));
            append(out, asBytes(kBrokenCrc));
            break;
        case FaultKind::Truncated:
            run(smp::frame(message), unheard);
            append(out, BytesView{unheard}.first(unheard.size() / 2));
            break;
        case FaultKind::Drops:
            effect.dropLink = true;
            break;
        case FaultKind::Cuts:
            run(smp::frame(message), unheard);
            effect.dropLink = true;
            break;
        case FaultKind::Refuses:
            append(out, refusalOf(message, KS_RC_FLASH));
            break;
        case FaultKind::WrongProof:
            m_port.corrupt = true;
            run(smp::frame(message), out);
            m_port.corrupt = false;
            break;
        case FaultKind::Swapped:
            run(smp::frame(message), out);
            effect.swapBoard = true;
            break;
        case FaultKind::Slow:
            run(smp::frame(message), out);
            effect.delay = fault.delay;
            break;
        case FaultKind::Chatty:
            append(out, asBytes(kLogLine));
            run(smp::frame(message), out);
            append(out, asBytes(kLogLine.substr(0, kLogLine.size() / 2)));
            break;
        case FaultKind::Foreign:
        case FaultKind::Locked:
            run(smp::frame(message), out);
            break;
    }
}

Effect VirtualBoard::input(BytesView bytes, Bytes& out) {
    Effect effect;
    if (m_faults.empty()) {
        run(bytes, out);
        return effect;
    }
    while (!bytes.empty() && !effect.dropLink && !effect.swapBoard) {
        if (m_deframer.take(bytes) == smp::Deframer::Found::Message) answer(m_deframer.message(), out, effect);
    }
    return effect;
}

}  // namespace keystamp::flashing::board_program
