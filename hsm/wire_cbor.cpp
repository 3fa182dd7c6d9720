// SPDX-License-Identifier: Apache-2.0
#include "hsm/wire.h"

#include "core/code_named.h"

namespace keystamp::hsm::wire {
namespace {

constexpr std::size_t kDeepest = 8;

Error broken(const char* why) { return Error{ErrorCode::BadUsage, std::string{"a message that is not understood: "} + why}; }

// Walks the items of RFC 8949 section 3 without recursion; says why it is not the subset that is spoken here.
const char* whyNot(BytesView cbor) {
    std::vector<std::uint64_t> open;  // items still to come, a level each
    std::size_t at = 0;
    std::size_t items = 0;
    do {
        if (++items > kMostItems) return "too many items";
        if (at >= cbor.size()) return "cut short";
        const unsigned major = cbor[at] >> 5;
        const unsigned info = cbor[at] & 0x1f;
        ++at;
        std::uint64_t value = info;
        if (info >= 24) {
            if (info > 27) return "a length that is not definite";
            const std::size_t width = std::size_t{1} << (info - 24);
            if (cbor.size() - at < width) return "cut short";
            value = 0;
            for (std::size_t n = 0; n < width; ++n) value = value << 8 | cbor[at++];
        }
        if (!open.empty()) --open.back();
        if (major == 2 || major == 3) {
            if (value > cbor.size() - at) return "cut short";
            at += static_cast<std::size_t>(value);
        } else if (major == 4 || major == 5) {
            if (open.size() == kDeepest) return "nested too deep";
            if (value > cbor.size() - at) return "cut short";  // each item takes a byte at least
            open.push_back(major == 5 ? value * 2 : value);
        } else if (major == 6) {
            return "a tag";
        }
        while (!open.empty() && open.back() == 0) open.pop_back();
    } while (!open.empty());
    return at == cbor.size() ? nullptr : "bytes after its end";
}

}  // namespace

Result<Body> parse(BytesView cbor) {
    if (const char* why = whyNot(cbor)) return broken(why);
    Body body = Body::from_cbor(cbor.begin(), cbor.end(), true, false);
    if (body.is_discarded() || !body.is_object()) return broken("not a CBOR map");
    // the library keeps one of two equal keys, and another reader may keep the other
    if (Body::to_cbor(body).size() != cbor.size()) return broken("a key twice, or a number that is longer than it need be");
    return body;
}

Body fromError(const Error& error) {
    return {{"code", std::string{name(error.code)}}, {"detail", error.detail}, {"native", error.native}, {"where", error.where}};
}

Error toError(const Body& body) {
    Error error{ErrorCode::Internal, body.value("detail", ""), body.value("native", 0L), body.value("where", "")};
    error.code = codeNamed(body.value("code", "")).value_or(ErrorCode::Internal);
    return error;
}

}  // namespace keystamp::hsm::wire
