// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "core/merkle.h"
#include "hsm/signer/policy.h"

namespace keystamp::hsm {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kLargestManifest = 1u << 20;

Error refused(const std::string& why) { return Error{ErrorCode::SignerRefused, "this is no manifest that may be signed: " + why}; }

// The library keeps the last of two equal keys; a reader elsewhere may keep the first, so neither is signed.
bool hasNothingTwice(const std::string& text) {
    std::vector<std::set<std::string>> keys;
    bool twice = false;
    const Json::parser_callback_t watch = [&](int, Json::parse_event_t event, Json& parsed) {
        if (event == Json::parse_event_t::object_start) keys.emplace_back();
        if (event == Json::parse_event_t::object_end) keys.pop_back();
        if (event == Json::parse_event_t::key) twice |= !keys.back().insert(parsed.get<std::string>()).second;
        return true;
    };
    [[maybe_unused]] const Json parsed = Json::parse(text, watch, false);
    return !twice;
}

bool isDigest(const Json& value) { return value.is_string() && fromHex(value.get_ref<const std::string&>()) && value.get_ref<const std::string&>().size() == 64; }

bool isFileName(const std::string& name) {
    const auto plain = [](char c) { return c >= 0x20 && c < 0x7f && c != '/' && c != '\\'; };
    return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), plain);
}

// The library's parser takes a NUL for the end of the text and passes over a byte order mark: what stands there would be
// signed unread.
bool isOneText(const std::string& json) { return json.find('\0') == std::string::npos && !json.starts_with("\xef\xbb\xbf"); }

Result<void> checkNames(const Json& manifest, const SignedCheckpoint& last) {
    if (manifest.at("format") != 1 || !manifest.at("format").is_number_integer()) return refused("its format is not 1");
    if (!manifest.at("batch").is_string() || manifest.at("batch").get_ref<const std::string&>().empty()) return refused("it names no batch");
    const Json& files = manifest.at("files");
    if (!files.is_object() || files.empty()) return refused("it names no files");
    for (const auto& [file, digest] : files.items()) {
        if (!isFileName(file) || !isDigest(digest)) return refused("a file in it is not a name with its SHA-256");
    }
    const Json& checkpoint = manifest.at("checkpoint");
    const std::string root = checkpoint.at("root").get<std::string>();
    const bool same = checkpoint.at("origin").get<std::string>() == last.head.origin && checkpoint.at("size").is_number_unsigned() &&
                      checkpoint.at("size").get<std::uint64_t>() == last.head.size &&
                      (root == toBase64(last.head.root) || root == toHex(last.head.root));
    if (!same) return Error{ErrorCode::RecordsAltered, "the manifest's checkpoint is not the last one that was signed"};
    return {};
}

Result<void> admits(const Json& row, std::uint64_t number, const TreeHead& last, const std::string& supervisor) {
    const auto bad = [](const char* why) { return Error{ErrorCode::SignerRefused, std::string{"the row does not say what was lost: "} + why}; };
    if (!row.at("n").is_number_unsigned() || row.at("n").get<std::uint64_t>() != number) return bad("it has another number");
    if (row.at("kind") != "journal-reconcile") return bad("it is of another kind");
    if (row.at("who") != supervisor) return bad("it names another supervisor");
    if (row.at("reason").get<std::string>().find_first_not_of(" \t") == std::string::npos) return bad("it gives no reason");
    const Json& given = row.at("checkpoint");
    const bool same = given.at("size").is_number_unsigned() && given.at("size").get<std::uint64_t>() == last.size &&
                      given.at("root").get<std::string>() == toBase64(last.root);
    return same ? Result<void>{} : bad("it does not name the last checkpoint that was signed");
}

}  // namespace

Result<void> checkAdmission(const TreeHead& head, const LogRow& admission, const TreeHead& last, const std::string& supervisor) {
    const auto bad = [](const std::string& why) { return Error{ErrorCode::SignerRefused, "the row does not say what was lost: " + why}; };
    const std::string& line = admission.line;
    if (admission.number == 0 || !isIncluded(merkleLeaf(asBytes(line)), admission.number - 1, head.size, head.root, admission.path)) {
        return bad("it is not in the log");
    }
    if (!isOneText(line) || !hasNothingTwice(line)) return bad("it is no row of a log");
    const Json row = Json::parse(line, nullptr, false);
    if (!row.is_object()) return bad("it is no row of a log");
    try {
        return admits(row, admission.number, last, supervisor);
    } catch (const Json::exception& problem) {
        return bad(problem.what());
    }
}

Result<std::string> checkManifest(const std::string& json, const std::optional<SignedCheckpoint>& last) {
    if (json.size() > kLargestManifest) return refused("it is larger than 1 MiB");
    if (!isOneText(json)) return refused("bytes stand in it that are no JSON");
    const Json manifest = Json::parse(json, nullptr, false);
    if (manifest.is_discarded() || !manifest.is_object()) return refused("not a JSON object");
    if (!hasNothingTwice(json)) return refused("a key stands twice");
    if (!last) return Error{ErrorCode::RecordsAltered, "no checkpoint was signed yet"};
    try {
        if (const auto good = checkNames(manifest, *last); !good) return good.error();
        return manifest.at("batch").get<std::string>();
    } catch (const Json::exception& problem) {
        return refused(problem.what());
    }
}

}  // namespace keystamp::hsm
