// SPDX-License-Identifier: Apache-2.0
// What an ESP32 may say, and what its flash may hold: SLIP, the ROM loader's replies, partition tables, NVS and esp_secure_cert.
// Whatever comes, a call ends; what a reader took it takes again from what a writer makes of it.
//
// Chunks: R bytes of the line, heard by a loader that asks; T a partition table, N an NVS partition, S an esp_secure_cert partition, in
// small letters with their checksums put right first, which no chance would meet.
#include <algorithm>

#include "flashing/esp32/identity.h"
#include "flashing/little.h"
#include "flashing/esp32/loader.h"
#include "flashing/esp32/places.h"
#include "tests/fuzz/chunks.h"
#include "tests/support/scripted_link.h"

namespace {

using namespace keystamp;
using namespace flashing;
using namespace flashing::esp32;
using fuzz::must;

void converse(const fuzz::Chunks& chunks) {
    const Deadline deadline = Deadline::in(std::chrono::hours{1});
    auto next = chunks.begin();
    test::ScriptedLink link{[&](BytesView) { return next == chunks.end() ? Bytes{} : toBytes((next++)->second); }};
    RomLoader loader{link};
    static_cast<void>(loader.enter(deadline));
    const auto identity = loader.identify(deadline);
    must(!identity || identity->chip != nullptr);
    static_cast<void>(loader.readRegister(kMagicRegister, deadline));
    static_cast<void>(loader.attachFlash(deadline));
    std::array<std::uint8_t, 200> into{};
    static_cast<void>(loader.readFlash(0x8000, into, deadline));
    static_cast<void>(loader.md5(0x8000, 0xC00, deadline));
    static_cast<void>(loader.beginWrite(*chips().begin(), 0x9000, 0x1000, 1, deadline));
    static_cast<void>(loader.writeBlock(0, into, deadline));
}

void checkTable(BytesView table) {
    const auto partitions = readTable(table);
    if (!partitions) return;
    const auto same = [](const Partition& a, const Partition& b) {
        return a.label == b.label && a.type == b.type && a.subtype == b.subtype && a.offset == b.offset && a.size == b.size;
    };
    if (partitions->size() < kTableMost / kTableEntry) {
        const auto again = readTable(makeTable(*partitions));
        must(again && std::equal(partitions->begin(), partitions->end(), again->begin(), again->end(), same));
    }
    Layout layout;
    layout.inSecureCert = true;
    const auto places = placesOf(layout, *partitions);
    if (!places) return;
    for (const Partition& each : {places->nvs, *places->secureCert}) {
        must(each.offset >= kTableAt + kSector && each.offset % kSector == 0 && each.size % kSector == 0 && each.size <= kPartitionMost);
    }
}

/// Pages and entries keep what they say; their CRCs are made right.
Bytes repairedNvs(BytesView image) {
    Bytes fixed = toBytes(image);
    for (std::size_t at = 0; at + 64 <= fixed.size(); at += kNvsPage) {
        const std::span page = std::span{fixed}.subspan(at, std::min(kNvsPage, fixed.size() - at));
        putLittle(page, 28, espCrc({BytesView{page}.subspan(4, 24)}), 4);
        for (std::size_t entry = 64; entry + 32 <= page.size();) {
            const std::size_t span = std::max<std::size_t>(page[entry + 2], 1);
            const std::span all = page.subspan(entry, std::min(span * 32, page.size() - entry));
            const std::size_t size = little(all, 24, 2);
            if (all[1] == 0x21 && 32 + size <= all.size()) putLittle(all, 28, espCrc({BytesView{all}.subspan(32, size)}), 4);
            putLittle(all, 4, espCrc({BytesView{all}.first(4), BytesView{all}.subspan(8, 24)}), 4);
            entry += span * 32;
        }
    }
    return fixed;
}

NvsContents checkNvs(BytesView image) {
    NvsContents found = readNvs("identity", image);
    must(!found.blank || found.texts.empty());
    std::vector<NvsText> texts;
    for (const auto& [key, text] : found.texts) texts.push_back({key, text.view()});
    const auto made = makeNvs("identity", texts, kPartitionMost);
    if (!made) return found;
    const NvsContents again = readNvs("identity", made->view());
    must(!again.broken && !again.foreign && again.texts.size() == found.texts.size());
    for (const auto& [key, text] : found.texts) must(again.texts.at(key).equals(text));
    return found;
}

Bytes repairedSecureCert(BytesView image) {
    Bytes fixed = toBytes(image);
    for (std::size_t at = 0, size = 0; (size = tlvSize(BytesView{fixed}.subspan(at))) != 0 && at + size <= fixed.size(); at += size) {
        const std::span all = std::span{fixed}.subspan(at, size);
        if (all[8] == static_cast<std::uint8_t>(TlvType::Integrity) && little(all, 10, 2) == Digest{}.size()) {
            const Digest whole = sha256(BytesView{fixed}.first(at));
            std::copy(whole.begin(), whole.end(), all.begin() + kTlvHeader);
        }
        putLittle(all, size - 4, espCrc({BytesView{all}.first(size - 4)}), 4);
    }
    return fixed;
}

SecureCertContents checkSecureCert(BytesView image) {
    SecureCertContents found = readSecureCert(image);
    must(!found.blank || (!found.foreign && !found.broken && found.values.empty()));
    if (!found.whole()) return found;
    std::vector<Tlv> tlvs;
    for (const auto& [type, value] : found.values) {
        if (type != TlvType::Integrity) tlvs.push_back({type, value.view()});
    }
    const auto made = makeSecureCert(tlvs, 1 << 20);
    must(made.ok());
    const SecureCertContents again = readSecureCert(made->view());
    must(again.whole() && again.values.size() == found.values.size());
    for (const Tlv& each : tlvs) must(std::ranges::equal(again.values.at(each.type).view(), each.value));
    return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto chunks = fuzz::chunksOf({data, size});
    Stored stored;
    for (const auto& [kind, bytes] : chunks) {
        if (kind == 'T') checkTable(bytes);
        if (kind == 'N') stored.nvs = checkNvs(bytes);
        if (kind == 'n') stored.nvs = checkNvs(repairedNvs(bytes));
        if (kind == 'S') stored.secureCert = checkSecureCert(bytes);
        if (kind == 's') stored.secureCert = checkSecureCert(repairedSecureCert(bytes));
    }
    Layout layout;
    layout.inSecureCert = true;
    flashing::BoardInfo info;
    readIdentity(layout, stored, info);
    must(!info.credential || (!stored.nvs.broken && stored.nvs.texts.at(layout.deviceId).text() == info.deviceId));
    static_cast<void>(isForeign(layout, stored));
    converse(chunks);
    return 0;
}
