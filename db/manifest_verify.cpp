// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/file.h"
#include "db/audit_log.h"
#include "db/certificates.h"
#include "db/file_stream.h"
#include "db/manifest.h"
#include "db/manifest_contents.h"
#include "db/manifest_rows.h"
#include "db/signature.h"

namespace keystamp::db {
namespace {

using namespace manifest;
using Json = nlohmann::json;

constexpr std::size_t kLargestJson = 1u << 20;
constexpr std::size_t kLargestChain = 1u << 20;

Error altered(std::string what) { return Error{ErrorCode::RecordsAltered, std::move(what)}; }
// A file that cannot be read is as good as altered: the folder is not what was signed.
Error unreadable(const Error& error) { return altered(describe(error)); }

std::string inFolder(const std::string& folder, std::string_view file) { return folder + "/" + std::string{file}; }

// Throws Json::exception where a part is missing or of another kind.
Promised promisedBy(const Json& json) {
    Promised promised;
    promised.batch = json.at("batch").get<std::string>();
    const auto mode = parseMode(json.at("mode").get<std::string>());
    const auto time = parseUtc(json.at("exportedAt").get<std::string>());
    if (!mode || !time) throw Json::other_error::create(600, "mode or exportedAt", &json);
    promised.mode = *mode;
    promised.exportedAt = *time;
    const Json& counts = json.at("counts");
    promised.counts.units = counts.at("units");
    promised.counts.recorded = counts.at("recorded");
    promised.counts.unresolved = counts.at("unresolved");
    promised.counts.unfinished = counts.at("unfinished");
    promised.counts.voided = counts.at("void");
    promised.counts.failed = counts.at("failed");
    promised.counts.leaves = counts.at("leaves");
    const Json& ranges = json.at("ranges");
    if (promised.counts.recorded > 0) {
        const auto first = DeviceId::parse(ranges.at("firstId").get<std::string>());
        const auto last = DeviceId::parse(ranges.at("lastId").get<std::string>());
        if (!first || !last) throw Json::other_error::create(600, "ranges", &json);
        promised.counts.firstId = *first;
        promised.counts.lastId = *last;
        promised.counts.firstRecorded = ranges.at("firstRecorded");
        promised.counts.lastRecorded = ranges.at("lastRecorded");
    }
    for (const auto& [slot, digest] : json.at("ca").items()) promised.cas.insert(digest.get<std::string>());
    for (const auto& [file, digest] : json.at("files").items()) promised.files[file] = digest.get<std::string>();
    promised.auditKey = json.at("auditKey").get<std::string>();
    const Json& checkpoint = json.at("checkpoint");
    promised.checkpoint.origin = checkpoint.at("origin");
    promised.checkpoint.size = checkpoint.at("size");
    const auto root = fromBase64(checkpoint.at("root").get<std::string>());
    const auto signature = fromBase64(checkpoint.at("signature").get<std::string>());
    if (!root || root->size() != promised.checkpoint.root.size() || !signature) throw Json::other_error::create(600, "checkpoint", &json);
    std::copy(root->begin(), root->end(), promised.checkpoint.root.begin());
    promised.checkpoint.signature = *signature;
    return promised;
}

Result<Promised> readJson(const std::string& folder, const std::string& publicKeyPem) {
    const auto text = readFile(inFolder(folder, kJson), kLargestJson);
    if (!text) return unreadable(text.error());
    const auto signature = readFile(inFolder(folder, kSignature), 1024);
    if (!signature) return unreadable(signature.error());
    if (auto good = verifySignature(publicKeyPem, *text, asBytes(*signature), kJson); !good) return good.error();
    const Json json = Json::parse(*text, nullptr, false);
    if (!json.is_object() || json.value("format", Json{}) != 1) return altered("manifest.json is not of format 1");
    try {
        return promisedBy(json);
    } catch (const Json::exception& exception) {
        return altered(fmt::format("manifest.json: {}", exception.what()));
    }
}

// The names come from here, never from manifest.json: what it says is only compared with them.
Result<void> checkNames(const std::string& folder, const Promised& promised) {
    const auto files = filesOf(promised.mode);
    std::set<std::string> expected{files.begin(), files.end()};
    std::set<std::string> named;
    for (const auto& [file, digest] : promised.files) named.insert(file);
    if (named != expected) return altered("manifest.json names other files than a manifest has");
    expected.insert({kJson, kSignature});
    std::error_code problem;
    for (const auto& entry : std::filesystem::directory_iterator{folder, problem}) {
        if (expected.erase(entry.path().filename()) == 0) return altered(entry.path().filename().string() + " does not belong to the manifest");
        if (entry.symlink_status().type() != std::filesystem::file_type::regular) return altered(entry.path().filename().string() + " is no file");
    }
    if (problem) return Error{ErrorCode::IoFault, folder, problem.value(), "readdir"};
    if (!expected.empty()) return altered(*expected.begin() + " is missing");
    return {};
}

Result<void> checkDigests(const std::string& folder, const Promised& promised) {
    for (const auto& [file, digest] : promised.files) {
        auto source = FileSource::open(inFolder(folder, file));
        if (!source) return unreadable(source.error());
        const auto found = (*source)->digest();
        if (!found) return unreadable(found.error());
        if (toHex(*found) != digest) return altered(file + " is not what was signed");
    }
    return {};
}

Result<void> checkCheckpoint(const Promised& promised, const std::string& publicKeyPem) {
    const auto key = keyFingerprint(publicKeyPem);
    if (!key) return key.error();
    if (toHex(*key) != promised.auditKey) return altered("manifest.json names another audit key");
    return verifySignature(publicKeyPem, checkpointText(promised.checkpoint), promised.checkpoint.signature, "its checkpoint");
}

}  // namespace

Result<ManifestReport> verifyManifest(const std::string& folder, const std::string& publicKeyPem) {
    std::error_code problem;
    if (!std::filesystem::is_directory(folder, problem)) return Error{ErrorCode::BadUsage, folder + " is not a folder"};
    const auto promised = readJson(folder, publicKeyPem);
    if (!promised) return promised.error();
    if (auto good = checkNames(folder, *promised); !good) return good.error();
    if (auto good = checkDigests(folder, *promised); !good) return good.error();
    if (auto good = checkCheckpoint(*promised, publicKeyPem); !good) return good.error();
    std::optional<Chain> chain;
    if (promised->mode == Mode::X509) {
        const auto pem = readFile(inFolder(folder, kChain), kLargestChain);
        if (!pem) return unreadable(pem.error());
        auto parsed = Chain::parse(*pem);
        if (!parsed) return parsed.error();
        for (const std::string& ca : promised->cas) {
            if (!parsed->certificates().contains(ca)) return altered("ca-chain.pem lacks a CA that manifest.json names");
        }
        chain = std::move(*parsed);
    }
    if (auto good = checkContents(folder, *promised, chain ? &*chain : nullptr); !good) return good.error();
    const Counts& counts = promised->counts;
    return ManifestReport{counts.recorded, counts.voided, counts.unresolved, counts.failed, promised->batch};
}

}  // namespace keystamp::db
