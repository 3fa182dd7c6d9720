// SPDX-License-Identifier: Apache-2.0
// What a board's console may say to each of the shipped profiles, and a profile that somebody wrote. Whatever comes, a call ends, in a
// bounded time, and what it took is what a board may say.
//
// Chunks: A, W, N, Z answers to AZ3166, Wio Terminal, nRF91 and Zephyr, one a line; P a profile; C a certificate request.
#include <algorithm>

#include "flashing/board.h"
#include "flashing/console/console_csr.h"
#include "flashing/console/profile.h"
#include "flashing/console/trial.h"
#include "tests/fuzz/chunks.h"
#include "tests/support/scripted_link.h"

namespace {

using namespace keystamp;
using namespace flashing;
using fuzz::must;

bool isPlain(const std::string& text) {
    return text.size() <= 128 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

void converse(const std::string& driver, char mine, const fuzz::Chunks& chunks) {
    const Deadline deadline = Deadline::in(std::chrono::hours{1});
    auto next = chunks.begin();
    auto link = std::make_unique<test::ScriptedLink>([&](BytesView told) {
        if (mine != 'N' && mine != 'Z' && asText(told) != "\r") return toBytes(told);  // the echo
        if (asText(told) != "\r") return Bytes{};
        while (next != chunks.end() && next->first != mine) ++next;
        return next == chunks.end() ? Bytes{} : toBytes((next++)->second);
    });
    const auto board = std::move(openBoard(driver, std::move(link))).value();
    const DeviceId id = std::move(DeviceId::parse("acme-1")).value();
    if (const auto info = board->info(deadline)) {
        must(!info->uid.empty() && info->uid.size() <= 32);
        must(isPlain(info->firmware) && isPlain(info->deviceId) && isPlain(info->scopeId));
    }
    const Mode mode = mine == 'N' ? Mode::X509 : Mode::Sas;
    static_cast<void>(board->begin(mode, id, "0ne00TEST01", deadline));
    if (const auto csr = board->makeKey(deadline)) must(!csr->empty());
    static const Credential kSas = std::move(console::trialCredential(Mode::Sas, id, "0ne00TEST01", {})).value();
    static const Credential kX509 = std::move(console::trialCredential(Mode::X509, id, "0ne00TEST01", {})).value();
    static_cast<void>(board->write(mode == Mode::Sas ? kSas : kX509, deadline));
    static_cast<void>(board->lock(deadline));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto chunks = fuzz::chunksOf({data, size});
    for (const auto& [kind, bytes] : chunks) {
        if (kind == 'P') static_cast<void>(console::Profile::parse(std::string{asText(bytes)}, "p.toml"));
        if (kind == 'C') static_cast<void>(console::readRequest(asText(bytes), "acme-1"));
    }
    converse("az3166", 'A', chunks);
    converse("wio-terminal", 'W', chunks);
    converse("nrf91", 'N', chunks);
    converse("zephyr-cred", 'Z', chunks);
    return 0;
}
