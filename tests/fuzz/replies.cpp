// SPDX-License-Identifier: Apache-2.0
// What a board, or a serial device server, may say to the station: framing, CBOR and every reply of the driver `agent`, and Telnet.
// Whatever comes, a call ends, and what it took is what a board may say.
//
// Chunks: R bytes of the line, heard by a driver that asks; M the map of its next reply, which is framed and headed for it; F bytes
// for the deframer, T for Telnet, each whole and byte by byte.
#include <algorithm>

#include "flashing/board.h"
#include "flashing/link/telnet.h"
#include "tests/fuzz/chunks.h"
#include "tests/support/scripted_link.h"
#include "tests/support/smp_reply.h"

namespace {

using namespace keystamp;
using namespace flashing;
using fuzz::must;

bool isPlain(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

void converse(const fuzz::Chunks& chunks) {
    const Deadline deadline = Deadline::in(std::chrono::hours{1});
    auto next = chunks.begin();
    auto link = std::make_unique<test::ScriptedLink>([&](BytesView told) {
        if (next == chunks.end()) return Bytes{};
        const auto [kind, said] = *next++;
        return kind == 'M' ? test::smpReply(told, said) : toBytes(said);
    });
    const auto board = std::move(openBoard("agent", std::move(link))).value();
    const DeviceId id = std::move(DeviceId::parse("acme-1")).value();
    if (const auto info = board->info(deadline)) {
        must(!info->uid.empty() && info->uid.size() <= KS_UID_MAX);
        for (const auto* text : {&info->family, &info->firmware, &info->deviceId, &info->scopeId}) must(text->size() <= 64 && isPlain(*text));
    }
    static_cast<void>(board->begin(Mode::X509, id, "0ne00TEST01", deadline));
    if (const auto csr = board->makeKey(deadline)) must(!csr->empty() && csr->size() <= 4096);
    static_cast<void>(board->write({Mode::Sas, id, "0ne00TEST01", {}, {}, Secret{32}}, deadline));
    if (const auto proof = board->prove(Bytes(32), deadline)) must(!proof->empty() && proof->size() <= 1024);
    static_cast<void>(board->lock(deadline));
}

std::vector<Bytes> messagesIn(BytesView stream, std::size_t piece) {
    smp::Deframer deframer;
    std::vector<Bytes> found;
    while (!stream.empty()) {
        BytesView part = stream.first(std::min(piece, stream.size()));
        stream = stream.subspan(part.size());
        while (!part.empty()) {
            if (deframer.take(part) == smp::Deframer::Found::Message) found.push_back(toBytes(deframer.message()));
        }
    }
    return found;
}

void deframe(BytesView stream) {
    const auto found = messagesIn(stream, stream.size());
    must(found == messagesIn(stream, 1));
    for (const Bytes& each : found) must(messagesIn(smp::frame(each), 7) == std::vector<Bytes>{each});
}

struct Heard {
    Bytes data;
    std::vector<telnet::Said> said;
    bool operator==(const Heard& other) const {
        return data == other.data && std::equal(said.begin(), said.end(), other.said.begin(), other.said.end(), [](const auto& a, const auto& b) {
                   return a.verb == b.verb && a.option == b.option && a.value == b.value;
               });
    }
};

Heard hear(BytesView stream, std::size_t piece) {
    telnet::Decoder decoder;
    Heard heard;
    while (!stream.empty()) {
        Bytes part = toBytes(stream.first(std::min(piece, stream.size())));
        stream = stream.subspan(part.size());
        const std::size_t data = decoder.take(part);
        heard.data.insert(heard.data.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(data));
        heard.said.insert(heard.said.end(), decoder.said().begin(), decoder.said().end());
    }
    return heard;
}

void untelnet(BytesView stream) {
    must(hear(stream, stream.size()) == hear(stream, 1));
    Bytes escaped(telnet::escapedSize(stream));
    telnet::escape(stream, escaped);
    const Heard back = hear(escaped, 3);
    must(back.said.empty() && std::equal(back.data.begin(), back.data.end(), stream.begin(), stream.end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto chunks = fuzz::chunksOf({data, size});
    for (const auto& [kind, bytes] : chunks) {
        if (kind == 'F') deframe(bytes);
        if (kind == 'T') untelnet(bytes);
    }
    converse(chunks);
    return 0;
}
