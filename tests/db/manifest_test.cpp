// SPDX-License-Identifier: Apache-2.0
// A manifest as an auditor gets it: verified by the program and by VERIFY.txt's own commands, and every change found.
#include "db/manifest.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

#include "core/file.h"
#include "db/audit_log.h"
#include "tests/support/crypto.h"
#include "tests/support/fake_ca.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;
using db::UnitState;

std::string content(const std::string& path) { return must(readFile(path)); }
void put(const std::string& path, const std::string& text) { std::ofstream{path, std::ios::binary | std::ios::trunc} << text; }

class ManifestTest : public testing::Test {
protected:
    void SetUp() override {
        must(writeFile(work / "audit.pub.pem", publicKey));
        context.station = "line 1's";
        context.auditKeyPem = publicKey;
        context.caChainPem = toPem(primary.certificate) + toPem(secondary.certificate) + toPem(root.certificate);
        context.caFingerprints = {{"primary", toHex(sha256(BytesView{primary.certificate}))},
                                  {"secondary", toHex(sha256(BytesView{secondary.certificate}))}};
        context.ledger = {{"intents", 12}};
    }

    Bytes leafFor(const db::Unit& unit) {
        return newLeaf(primary, TestJournal::serialOf(unit), unit.id.text(), publicKeyOf(newKey()));
    }
    db::Unit unitIn(const std::string& batch, const std::string& board, UnitState state, std::optional<DeviceId> id = {}) {
        const auto unit = must(journal->reserve(TestJournal::reservation(batch, board, std::move(id))));
        journal.advance(unit, state, unit.origin == db::KeyOrigin::Derived ? Bytes{} : leafFor(unit));
        return unit;
    }
    void checkpointNow() {
        const auto head = must(journal->head(0));
        context.checkpoint = {head.origin, head.size, head.root, {}};
        context.checkpoint.signature = signWith(auditKey, asBytes(db::checkpointText(context.checkpoint)));
    }
    Result<db::ManifestReport> write(const std::string& batch) {
        checkpointNow();
        return db::writeManifest(*journal, batch, context, folder(), [&](const std::string& json) { return Result<Bytes>{signWith(auditKey, asBytes(json))}; });
    }
    /// A batch in which everything has happened.
    void everything() {
        journal.patternBatch("b", Mode::X509, 20, 5);
        for (int n = 0; n < 6; ++n) unitIn("b", std::to_string(n), UnitState::Recorded);
        unitIn("b", "issued", UnitState::Issued);
        unitIn("b", "reserved", UnitState::Reserved);
        const auto bad = unitIn("b", "bad", UnitState::Verified);
        must(journal->voidUnit(bad.number, "proof-failed", "station"));
        must(journal->endJob(TestJournal::job(bad, db::Verdict::Fail, "proof-failed")));
        auto early = TestJournal::job(bad, db::Verdict::Fail, "wrong-uid");
        early.unit = 0;
        early.id.reset();
        early.scan = "=cmd|' /C calc'!A0\n\"";
        must(journal->endJob(early));
        must(write("b"));
    }

    std::string folder() const { return work / "out/manifest"; }
    std::string file(const std::string& name) const { return folder() + "/" + name; }
    std::string verify() const { return codeOf(db::verifyManifest(folder(), publicKey)); }
    /// Whether the commands of VERIFY.txt (as it was written) pass; their output in `said`.
    bool commandsPass(const std::string& script, const std::string& key = "audit.pub.pem") {
        const std::string command = fmt::format("cd '{}' && sh '{}' '{}' >'{}' 2>&1", folder(), script, work / key, work / "said");
        const int status = std::system(command.c_str());
        said = content(work / "said");
        return WIFEXITED(status) && WEXITSTATUS(status) == 0 && said.ends_with("verified\n");
    }
    /// Signs the folder anew after a change: what only a forger with the audit key can do.
    void resign(const std::function<void(nlohmann::ordered_json&)>& change = {}) {
        auto json = nlohmann::ordered_json::parse(content(file("manifest.json")));
        for (auto& [name, digest] : json["files"].items()) {
            if (fs::exists(file(name))) digest = toHex(sha256(content(file(name))));
        }
        if (change) change(json);
        const std::string text = json.dump(2) + "\n";
        put(file("manifest.json"), text);
        put(file("manifest.sig"), std::string{asText(signWith(auditKey, asBytes(text)))});
    }
    void replace(const std::string& name, const std::string& what, const std::string& with) {
        std::string text = content(file(name));
        const auto at = text.find(what);
        ASSERT_NE(at, std::string::npos) << what << " in " << name;
        put(file(name), text.replace(at, what.size(), with));
    }

    TestJournal journal;
    TempFolder work{TempFolder::On::Memory};
    const FakeCa root = newRoot("test root");
    const FakeCa primary = newIntermediate(root, "test primary");
    const FakeCa secondary = newIntermediate(root, "test secondary");
    const Bytes auditKey = newKey();
    const std::string publicKey = publicKeyPem(auditKey);
    db::ManifestContext context;
    std::string said;
};

TEST_F(ManifestTest, HoldsEveryUnitAndVerifies) {
    everything();
    const auto report = db::verifyManifest(folder(), publicKey);
    ASSERT_TRUE(report.ok()) << describe(report.error());
    EXPECT_EQ(report->batch, "b");
    EXPECT_EQ(report->recorded, 6u);
    EXPECT_EQ(report->unresolved, 1u);
    EXPECT_EQ(report->voided, 1u);
    EXPECT_EQ(report->failed, 2u);
    const std::string import = content(file("iotc-import.csv"));
    EXPECT_TRUE(import.starts_with("IOTC_DEVICEID,IOTC_DEVICENAME\r\nb-0001,b-0001\r\n")) << import;
    EXPECT_EQ(std::count(import.begin(), import.end(), '\n'), 7);
    const std::string units = content(file("units.csv"));
    EXPECT_EQ(std::count(units.begin(), units.end(), '\n'), 11) << "a header, nine units, a failed job:\n" << units;
    EXPECT_NE(units.find("\"'=cmd|' /C calc'!A0\\x0a\"\"\""), std::string::npos) << "no formula, no broken line:\n" << units;
    const std::string leaves = content(file("leaves.pem"));
    EXPECT_NE(leaves.find("# b-0007\n-----BEGIN"), std::string::npos) << "an issued leaf is live";
    EXPECT_EQ(leaves.find("# b-0009"), std::string::npos) << "a voided leaf is not";
    const auto json = nlohmann::json::parse(content(file("manifest.json")));
    EXPECT_EQ(json["format"], 1);
    EXPECT_EQ(json["counts"]["units"], 9);
    EXPECT_EQ(json["counts"]["leaves"], 7);
    EXPECT_EQ(json["ranges"]["lastId"], "b-0006");
    EXPECT_EQ(json["ledger"]["intents"], 12);
    const auto row = must(journal->liveUnit(TestJournal::id("b-0001")));
    EXPECT_NE(units.find("," + toHexUpper(sha1(BytesView{row->certificate})) + ","), std::string::npos);
    EXPECT_NE(units.find("," + toHexUpper(sha256(BytesView{row->certificate})) + ","), std::string::npos);
}

TEST_F(ManifestTest, ItsOwnCommandsVerifyItAndFailOnAChangedByte) {
    everything();
    const std::string script = work / "VERIFY.sh";
    fs::copy_file(file("VERIFY.txt"), script);
    ASSERT_TRUE(commandsPass(script)) << said;
    ASSERT_TRUE(commandsPass(file("VERIFY.txt"))) << said;

    std::mt19937 dice{7};
    for (const std::string name : {"manifest.json", "manifest.sig", "units.csv", "iotc-import.csv", "leaves.pem", "ca-chain.pem", "VERIFY.txt"}) {
        const std::string before = content(file(name));
        for (const std::size_t at : {std::size_t{0}, before.size() / 2, before.size() - 1, dice() % before.size()}) {
            std::string changed = before;
            changed[at] = static_cast<char>(changed[at] ^ 0x01);
            put(file(name), changed);
            EXPECT_FALSE(commandsPass(script)) << name << " byte " << at << "\n" << said;
        }
        put(file(name), before);
    }
    put(file("extra"), "x");
    EXPECT_FALSE(commandsPass(script)) << "a file too much";
    fs::remove(file("extra"));
    must(writeFile(work / "other.pem", publicKeyPem(newKey())));
    EXPECT_FALSE(commandsPass(script, "other.pem")) << "another audit key";
    EXPECT_TRUE(commandsPass(script)) << said;
}

// Signed by the audit key and still not true: the rows and leaves must tell.
TEST_F(ManifestTest, AForgerWithTheAuditKeyIsFoundByProgramAndCommands) {
    everything();
    const auto other = newLeaf(newIntermediate(root, "unnamed"), Bytes{0x12, 0x34}, "b-0001", publicKeyOf(newKey()));
    const auto foreignRoot = newRoot("foreign");
    const auto foreign = newLeaf(newIntermediate(foreignRoot, "test primary"), Bytes{0x12, 0x34}, "b-0001", publicKeyOf(newKey()));
    const std::string leaves = content(file("leaves.pem"));
    const std::string firstLeaf = leaves.substr(0, leaves.find("# b-0002"));
    const auto leafText = [](const Bytes& der) { return "# b-0001\n" + toPem(der); };
    const auto row = must(journal->liveUnit(TestJournal::id("b-0001")));
    const std::string rowText = "1,b-0001,RECORDED,PASS";

    const std::vector<std::pair<std::string, std::function<void()>>> lies{
        {"a recorded unit less", [&] { replace("units.csv", rowText, "1,b-0001,ISSUED,"); }},
        {"a unit more in the import", [&] { replace("iotc-import.csv", "b-0002,b-0002\r\n", "b-0002,b-0002\r\nb-0099,b-0099\r\n"); }},
        {"another ID in the import", [&] { replace("iotc-import.csv", "b-0002,", "b-0022,"); }},
        {"another ID in the row", [&] { replace("units.csv", rowText, "1,b-0011,RECORDED,PASS"); }},
        {"another thumbprint", [&] { replace("units.csv", toHexUpper(sha256(BytesView{row->certificate})), std::string(64, 'A')); }},
        {"a leaf too little", [&] { replace("leaves.pem", firstLeaf, ""); }},
        {"a leaf twice", [&] { replace("leaves.pem", firstLeaf, firstLeaf + firstLeaf); }},
        {"a leaf of another chain", [&] { replace("leaves.pem", firstLeaf, leafText(foreign)); }},
        {"a leaf of a CA that is not in the chain", [&] { replace("leaves.pem", firstLeaf, leafText(other)); }},
        {"a leaf under another name", [&] { replace("leaves.pem", "# b-0001", "# b-0100"); }},
        {"no root", [&] { replace("ca-chain.pem", toPem(root.certificate), ""); }},
        {"another root", [&] { replace("ca-chain.pem", toPem(root.certificate), toPem(foreignRoot.certificate)); }},
    };
    const std::string script = work / "VERIFY.sh";
    fs::copy_file(file("VERIFY.txt"), script);
    fs::copy(folder(), work / "good", fs::copy_options::recursive);
    for (const auto& [what, lie] : lies) {
        lie();
        resign();
        EXPECT_EQ(verify(), "records-altered") << what;
        EXPECT_FALSE(commandsPass(script)) << what << "\n" << said;
        fs::copy(work / "good", folder(), fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    }
    EXPECT_EQ(verify(), "ok");
    resign();
    EXPECT_EQ(verify(), "ok") << "signing anew alone changes nothing";
    EXPECT_TRUE(commandsPass(script)) << said;
}

TEST_F(ManifestTest, LiesOfManifestJsonItselfAreFound) {
    everything();
    const std::vector<std::pair<std::string, std::function<void(nlohmann::ordered_json&)>>> lies{
        {"format", [](auto& json) { json["format"] = 2; }},
        {"format", [](auto& json) { json["format"] = "1"; }},
        {"no batch", [](auto& json) { json.erase("batch"); }},
        {"mode", [](auto& json) { json["mode"] = "sas"; }},
        {"count", [](auto& json) { json["counts"]["recorded"] = 7; }},
        {"negative count", [](auto& json) { json["counts"]["failed"] = -1; }},
        {"range", [](auto& json) { json["ranges"]["lastId"] = "b-0099"; }},
        {"no CAs", [](auto& json) { json["ca"] = nlohmann::json::object(); }},
        {"another CA", [](auto& json) { json["ca"]["primary"] = std::string(64, '0'); }},
        {"a file too little", [](auto& json) { json["files"].erase("leaves.pem"); }},
        {"a path that leads out", [](auto& json) { json["files"]["../audit.pub.pem"] = toHex(sha256("x")); }},
        {"a path instead", [](auto& json) { json["files"].erase("units.csv"); json["files"]["../good/units.csv"] = std::string(64, '0'); }},
        {"digest of nothing", [](auto& json) { json["files"]["units.csv"] = ""; }},
        {"digest is a number", [](auto& json) { json["files"]["units.csv"] = 5; }},
        {"checkpoint size", [](auto& json) { json["checkpoint"]["size"] = 1; }},
        {"checkpoint root", [](auto& json) { json["checkpoint"]["root"] = toBase64(sha256("x")); }},
        {"no checkpoint", [](auto& json) { json.erase("checkpoint"); }},
        {"audit key", [](auto& json) { json["auditKey"] = std::string(64, '0'); }},
        {"an array", [](auto& json) { json = nlohmann::ordered_json::array(); }},
    };
    const std::string good = content(file("manifest.json"));
    for (const auto& [what, lie] : lies) {
        put(file("manifest.json"), good);
        resign(lie);
        EXPECT_EQ(verify(), "records-altered") << what;
    }
}

std::vector<std::string> rowsOf(const std::string& text) {
    std::vector<std::string> rows;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
        rows.push_back(text.substr(at, end - at));
        at = end;
    }
    return rows;
}

/// One of its rows dropped, doubled, swapped with its neighbour or, where it is a CSV's, given another row's field.
std::string withOtherRows(const std::string& text, std::mt19937& dice, std::string& what) {
    std::vector<std::string> rows = rowsOf(text);
    const std::size_t n = dice() % rows.size();
    const auto at = rows.begin() + static_cast<std::ptrdiff_t>(n);
    switch (dice() % 4) {
        case 0: what = "drop row"; rows.erase(at); break;
        case 1: what = "double row"; rows.insert(at, rows[n]); break;
        case 2: what = "swap rows"; std::swap(rows[n], rows[(n + 1) % rows.size()]); break;
        case 3: {
            what = "edit row";
            const std::string other = rows[dice() % rows.size()];
            const auto from = rows[n].find(','), to = other.find(',');
            if (from != std::string::npos && to != std::string::npos) rows[n] = rows[n].substr(0, from) + other.substr(to);
            break;
        }
    }
    return std::accumulate(rows.begin(), rows.end(), std::string{});
}

// 10,000 with KEYSTAMP_FULL.
TEST_F(ManifestTest, OfAThousandMutationsNoneIsAccepted) {
    everything();
    fs::copy(folder(), work / "good", fs::copy_options::recursive);
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder()}) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    const std::string manifest = content(file("manifest.json"));
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 dice{seed};
    const int count = std::getenv("KEYSTAMP_FULL") != nullptr ? 10'000 : 1'000;
    int tried = 0;
    for (int n = 0; n < count || tried < count; ++n) {
        const std::string name = names[dice() % names.size()];
        const std::string before = content(file(name));
        std::string after = before;
        const std::size_t at = dice() % before.size();
        std::string what;
        switch (dice() % 10) {
            case 0: what = "flip"; after[at] = static_cast<char>(after[at] ^ (1 << (dice() % 8))); break;
            case 1: what = "cut"; after.resize(at); break;
            case 2: what = "insert"; after.insert(at, 1, static_cast<char>(dice())); break;
            case 3: what = "delete"; after.erase(at, 1 + dice() % 40); break;
            case 4: what = "double"; after.insert(at, before.substr(at, 1 + dice() % 200)); break;
            case 5: what = "append"; after += static_cast<char>(dice()); break;
            case 6: {
                what = "file of another name";
                after = content(file(names[dice() % names.size()]));
                break;
            }
            default: after = withOtherRows(before, dice, what);
        }
        if (after == before) continue;
        ++tried;
        put(file(name), after);
        // a forger without the audit key makes the digests right
        const bool rehashed = name != "manifest.json" && name != "manifest.sig" && dice() % 2 == 0;
        if (rehashed) {
            auto json = nlohmann::ordered_json::parse(content(file("manifest.json")));
            json["files"][name] = toHex(sha256(after));
            put(file("manifest.json"), json.dump(2) + "\n");
        }
        ASSERT_NE(verify(), "ok") << what << " of " << name << " at " << at << (rehashed ? ", re-hashed" : "");
        put(file(name), before);
        if (rehashed) put(file("manifest.json"), manifest);
    }
    for (const auto& name : names) {
        fs::remove(file(name));
        EXPECT_EQ(verify(), "records-altered") << "without " << name;
        fs::create_symlink(work / ("good/" + name), file(name));
        EXPECT_EQ(verify(), "records-altered") << "a link in place of " << name;
        fs::remove(file(name));
        fs::copy_file(work / ("good/" + name), file(name));
    }
    put(file("extra.txt"), "x");
    EXPECT_EQ(verify(), "records-altered") << "a file too much";
    fs::remove(file("extra.txt"));
    EXPECT_EQ(verify(), "ok");
    EXPECT_EQ(codeOf(db::verifyManifest(folder(), publicKeyPem(newKey()))), "records-altered");
    EXPECT_EQ(codeOf(db::verifyManifest(folder(), "no key")), "bad-usage");
    EXPECT_EQ(codeOf(db::verifyManifest(work / "none", publicKey)), "bad-usage");
}

TEST_F(ManifestTest, ASasBatchHasNoLeavesAndItsNamesComeFromTheList) {
    journal.listBatch("s", Mode::Sas, {{TestJournal::id("one"), "The \"first\", really", {}}, {TestJournal::id("two"), "", {}}});
    unitIn("s", "1", UnitState::Recorded, TestJournal::id("one"));
    unitIn("s", "2", UnitState::Recorded, TestJournal::id("two"));
    must(write("s"));
    EXPECT_EQ(verify(), "ok");
    EXPECT_EQ(content(file("iotc-import.csv")), "IOTC_DEVICEID,IOTC_DEVICENAME\r\none,\"The \"\"first\"\", really\"\r\ntwo,two\r\n");
    EXPECT_FALSE(fs::exists(file("leaves.pem")));
    EXPECT_FALSE(fs::exists(file("ca-chain.pem")));
    EXPECT_TRUE(commandsPass(file("VERIFY.txt"))) << said;
    replace("units.csv", "one", "ome");
    EXPECT_FALSE(commandsPass(file("VERIFY.txt"))) << said;
    EXPECT_EQ(verify(), "records-altered");
}

TEST_F(ManifestTest, AnEmptyBatchIsAManifestToo) {
    journal.patternBatch("b", Mode::X509, 3);
    must(write("b"));
    const auto found = db::verifyManifest(folder(), publicKey);
    EXPECT_TRUE(found.ok()) << describe(found.error());
    EXPECT_TRUE(commandsPass(file("VERIFY.txt"))) << said;
}

TEST_F(ManifestTest, ReplacesAnOlderManifestAndNothingElse) {
    journal.patternBatch("b", Mode::X509, 3);
    must(write("b"));
    unitIn("b", "1", UnitState::Recorded);
    must(write("b"));
    EXPECT_EQ(must(db::verifyManifest(folder(), publicKey)).recorded, 1u);
    EXPECT_EQ(std::distance(fs::directory_iterator{work / "out"}, {}), 1) << "nothing is left beside it";

    // a signer that fails leaves the old one as it was
    const auto failed = db::writeManifest(*journal, "b", context, folder(), [](const std::string&) { return Result<Bytes>{Error{ErrorCode::HsmFault, "gone"}}; });
    EXPECT_EQ(codeOf(failed), "hsm-fault");
    const auto wrong = db::writeManifest(*journal, "b", context, folder(), [](const std::string&) { return Result<Bytes>{Bytes{1, 2}}; });
    EXPECT_EQ(codeOf(wrong), "records-altered");
    EXPECT_EQ(verify(), "ok");
    EXPECT_EQ(std::distance(fs::directory_iterator{work / "out"}, {}), 1);

    put(file("notes.txt"), "mine");
    EXPECT_EQ(codeOf(write("b")), "bad-usage");
    EXPECT_EQ(content(file("notes.txt")), "mine");
    fs::remove(file("notes.txt"));
    put(file("manifest.json"), "{}");
    EXPECT_EQ(codeOf(write("b")), "bad-usage") << "units.csv might be somebody's own";
    fs::remove_all(folder());
    put(folder(), "a file");
    EXPECT_EQ(codeOf(write("b")), "bad-usage");
    fs::remove_all(folder());
    fs::create_directory(folder());
    EXPECT_EQ(codeOf(write("b")), "ok") << "an empty folder is free";
    EXPECT_EQ(codeOf(write("none")), "unknown-batch");
}

}  // namespace
}  // namespace keystamp::test
