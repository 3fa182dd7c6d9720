// SPDX-License-Identifier: Apache-2.0
// What leaves the station, as other programs read it: Python's csv and json, OpenSSL's cms, poppler, zbar.
#include "db/exporter.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/file.h"
#include "db/audit_log.h"
#include "tests/support/crypto.h"
#include "tests/support/fake_ca.h"
#include "tests/support/journal.h"

namespace keystamp::test {
namespace {

namespace fs = std::filesystem;
using db::UnitState;
using Json = nlohmann::json;

std::string content(const std::string& path) { return must(readFile(path)); }

class ExportersTest : public testing::Test {
protected:
    static void SetUpTestSuite() { must(openSecureHeap()); }

    db::Unit unitIn(const std::string& batch, const std::string& board, UnitState state, std::optional<DeviceId> id = {}) {
        const auto unit = must(journal->reserve(TestJournal::reservation(batch, board, std::move(id))));
        const bool sas = unit.origin == db::KeyOrigin::Derived;
        journal.advance(unit, state, sas ? Bytes{} : newLeaf(primary, TestJournal::serialOf(unit), unit.id.text(), devicePublicKey));
        return must(journal->history(unit.id)).back();
    }
    void recordedBatch(const std::string& name, int units, Mode mode = Mode::X509) {
        journal.patternBatch(name, mode, 1000, 5);
        for (int n = 0; n < units; ++n) unitIn(name, name + std::to_string(n), UnitState::Recorded);
    }
    /// A batch in which everything has happened.
    void everything(const std::string& name = "b") {
        recordedBatch(name, 6);
        unitIn(name, "issued", UnitState::Issued);
        const auto bad = unitIn(name, "bad", UnitState::Verified);
        must(journal->voidUnit(bad.number, "proof-failed", "station"));
        must(journal->endJob(TestJournal::job(bad, db::Verdict::Fail, "proof-failed")));
        failedJob(name, "=cmd|' /C calc'!A0\n\"");
    }
    void failedJob(const std::string& batch, const std::string& scan) {
        db::JobRecord job;
        job.job = randomUuid();
        job.batch = batch;
        job.fixture = "F1";
        job.scan = scan;
        job.uid = TestJournal::uid("uid-of-" + scan);
        job.startedAt = job.endedAt = utcNow();
        job.verdict = db::Verdict::Fail;
        job.reason = "wrong-uid";
        job.detail = "the list names another board";
        must(journal->endJob(job));
    }

    db::ExportSource source(const std::string& batch) {
        db::ExportSource given{*journal, must(journal->batch(batch)).batch, {}, utcNow()};
        given.context.station = "line 1's";
        given.context.auditKeyPem = publicKeyPem(auditKey);
        given.context.caChainPem = toPem(primary.certificate) + toPem(secondary.certificate) + toPem(root.certificate);
        given.context.caFingerprints = {{"primary", toHex(sha256(BytesView{primary.certificate}))},
                                        {"secondary", toHex(sha256(BytesView{secondary.certificate}))}};
        given.context.ledger = {{"intents", 8}, {"issued", 8}};
        const auto head = must(journal->head(0));
        given.context.checkpoint = {head.origin, head.size, head.root, {}};
        given.context.checkpoint.signature = signWith(auditKey, asBytes(db::checkpointText(given.context.checkpoint)));
        return given;
    }
    static db::DeviceKeys keysOf(const db::Unit& unit) {
        const auto key = [&](const char* slot) { return toBase64(sha256(slot + unit.id.text())); };
        return {Secret::copyOf(key("primary ")), Secret::copyOf(key("secondary "))};
    }
    Result<db::Exported> write(const std::string& form, const std::string& batch, const std::optional<db::Recipient>& recipient = {}) {
        auto from = source(batch);
        if (recipient) {
            from.keys = [this](std::span<const db::Unit> units) {
                asked.push_back(units.size());
                std::vector<db::DeviceKeys> keys;
                for (const db::Unit& unit : units) keys.push_back(keysOf(unit));
                return Result<std::vector<db::DeviceKeys>>{std::move(keys)};
            };
        }
        return db::writeExport(*must(db::findExporter(form)), from, out(), recipient);
    }
    std::string out() const { return work / "out"; }
    std::vector<std::size_t> asked;  ///< keys of how many units, each time

    /// What a command prints; the test fails where it does.
    std::string said(const std::string& command) {
        const std::string file = work / "said";
        const int status = std::system(fmt::format("{} >'{}' 2>'{}.err'", command, file, file).c_str());
        EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << command << "\n" << content(file + ".err");
        return content(file);
    }
    /// The rows that Python's csv module reads.
    Json rows(const std::string& path) {
        return Json::parse(said(fmt::format("python3 -c 'import csv, json, sys; json.dump(list(csv.reader(open(sys.argv[1], newline=\"\", "
                                            "encoding=\"utf-8-sig\"))), sys.stdout)' '{}'", path)));
    }
    /// A new key and certificate for somebody who may read secrets: `how` are words for `openssl req`.
    db::Recipient recipientOf(const std::string& how) {
        said(fmt::format("openssl req -x509 -nodes {} -subj /CN=cloud -days 2 -keyout '{}' -out '{}'", how, work / "key.pem", work / "cert.pem"));
        return must(db::parseRecipient(content(work / "cert.pem"), utcNow()));
    }
    std::string decrypted(const std::string& path) {
        return said(fmt::format("openssl cms -decrypt -binary -inform DER -in '{}' -inkey '{}'", path, work / "key.pem"));
    }

    TestJournal journal;
    TempFolder work{TempFolder::On::Memory};
    const FakeCa root = newRoot("test root");
    const FakeCa primary = newIntermediate(root, "test primary");
    const FakeCa secondary = newIntermediate(root, "test secondary");
    const Bytes auditKey = newKey();
    const Bytes devicePublicKey = publicKeyOf(newKey());
};

constexpr const char* kEc = "-newkey ec -pkeyopt ec_paramgen_curve:P-256";
constexpr const char* kRsa = "-newkey rsa:2048";

TEST(Exporters, AreListedOnceEachWithWordsAndAFile) {
    std::set<std::string_view> names, files;
    for (const db::Exporter* one : db::allExporters()) {
        EXPECT_TRUE(names.insert(one->name).second) << one->name;
        EXPECT_TRUE(files.insert(one->file).second) << one->file;
        EXPECT_FALSE(one->help.empty()) << one->name;
        EXPECT_TRUE(one->x509 || one->sas) << one->name;
        EXPECT_EQ(must(db::findExporter(one->name)), one);
    }
    const auto none = db::findExporter("xlsx");
    ASSERT_FALSE(none.ok());
    EXPECT_NE(none.error().detail.find("dps-bulk"), std::string::npos) << none.error().detail;
}

TEST_F(ExportersTest, IotcImportHasEachRecordedUnitUnderItsName) {
    journal.listBatch("l", Mode::X509, {{TestJournal::id("l-1"), "Pump, \"north\"", {}}, {TestJournal::id("l-2"), "", {}}});
    unitIn("l", "1", UnitState::Recorded, TestJournal::id("l-1"));
    unitIn("l", "2", UnitState::Issued, TestJournal::id("l-2"));
    EXPECT_EQ(must(write("iotc-import", "l")).units, 1u);
    EXPECT_EQ(rows(out()), Json::parse(R"([["IOTC_DEVICEID", "IOTC_DEVICENAME"], ["l-1", "Pump, \"north\""]])"));
}

TEST_F(ExportersTest, IotcDevicesHasSixColumnsWithTheLeafsThumbprint) {
    everything();
    EXPECT_EQ(must(write("iotc-devices", "b")).units, 6u);
    const Json table = rows(out());
    ASSERT_EQ(table.size(), 7u);
    EXPECT_EQ(table[0], Json({"IOTC_DEVICEID", "IOTC_DEVICENAME", "IOTC_SASKEY_PRIMARY", "IOTC_SASKEY_SECONDARY", "IOTC_X509THUMBPRINT_PRIMARY",
                              "IOTC_X509THUMBPRINT_SECONDARY"}));
    const auto unit = must(journal->liveUnit(TestJournal::id("b-0001")));
    EXPECT_EQ(table[1], Json({"b-0001", "b-0001", "", "", toHexUpper(sha1(BytesView{unit->certificate})), ""}));
}

TEST_F(ExportersTest, DpsBulkEnrolsEachRecordedUnitInTens) {
    recordedBatch("b", 21);
    unitIn("b", "issued", UnitState::Issued);
    const auto done = must(write("dps-bulk", "b"));
    EXPECT_EQ(done.files, 3u);
    EXPECT_EQ(done.units, 21u);
    std::vector<std::string> ids;
    for (const auto& [name, count] : {std::pair{"enrolments-0001.json", 10u}, {"enrolments-0002.json", 10u}, {"enrolments-0003.json", 1u}}) {
        const Json body = Json::parse(content(out() + "/" + name));
        EXPECT_EQ(body["mode"], "create");
        ASSERT_EQ(body["enrollments"].size(), count) << name;
        for (const Json& one : body["enrollments"]) {
            ids.push_back(one["registrationId"]);
            EXPECT_EQ(one["deviceId"], ids.back());
            EXPECT_EQ(one["provisioningStatus"], "enabled");
            EXPECT_EQ(one["attestation"]["type"], "x509");
            const auto unit = must(journal->liveUnit(TestJournal::id(ids.back())));
            EXPECT_EQ(one["attestation"]["x509"]["clientCertificates"]["primary"]["certificate"], toPem(unit->certificate));
        }
    }
    EXPECT_EQ(ids.size(), 21u);
    EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
    EXPECT_EQ(std::distance(fs::directory_iterator{out()}, fs::directory_iterator{}), 3);
}

TEST_F(ExportersTest, DpsBulkNamesSortAsTheyAreCounted) {
    recordedBatch("b", 10);
    must(write("dps-bulk", "b"));
    EXPECT_EQ(Json::parse(content(out() + "/enrolments-0001.json"))["enrollments"].size(), 10u) << "ten are one file, not two";
    EXPECT_FALSE(fs::exists(out() + "/enrolments-0002.json"));
}

TEST_F(ExportersTest, DpsBulkOfNothingIsRefusedAndLeavesNothing) {
    recordedBatch("b", 0);
    EXPECT_EQ(codeOf(write("dps-bulk", "b")), "bad-usage");
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(ExportersTest, DpsGroupHoldsTheCaOfEachSlot) {
    everything();
    EXPECT_EQ(must(write("dps-group", "b")).units, 6u);
    const Json group = Json::parse(content(out()));
    const Json& slots = group["attestation"]["x509"]["signingCertificates"];
    EXPECT_EQ(group["attestation"]["type"], "x509");
    EXPECT_EQ(slots["primary"]["certificate"], toPem(primary.certificate));
    EXPECT_EQ(slots["secondary"]["certificate"], toPem(secondary.certificate));
    EXPECT_EQ(slots.size(), 2u);
    EXPECT_TRUE(group["enrollmentGroupId"].get<std::string>().starts_with("keystamp-"));
}

TEST_F(ExportersTest, DpsGroupIsRefusedWhereAFormerCaIssued) {
    recordedBatch("b", 1);
    auto from = source("b");
    const FakeCa newer = newIntermediate(root, "newer primary");
    from.context.caChainPem = toPem(newer.certificate) + from.context.caChainPem;
    from.context.caFingerprints["primary before 12345678"] = from.context.caFingerprints["primary"];
    from.context.caFingerprints["primary"] = toHex(sha256(BytesView{newer.certificate}));
    const auto done = db::writeExport(*must(db::findExporter("dps-group")), from, out(), {});
    ASSERT_EQ(codeOf(done), "bad-usage");
    EXPECT_NE(done.error().detail.find("b-0001"), std::string::npos) << done.error().detail;
    EXPECT_NE(done.error().detail.find("dps-bulk"), std::string::npos) << done.error().detail;
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(ExportersTest, UnitsIsTheManifestsTable) {
    everything();
    EXPECT_EQ(must(write("units", "b")).units, 9u);
    const Json table = rows(out());
    ASSERT_EQ(table.size(), 10u);
    for (const Json& row : table) EXPECT_EQ(row.size(), table[0].size());
    EXPECT_EQ(table[9][3], "FAIL");
}

// Whether a spreadsheet that separates cells by `separator` and trims them would take one for a formula.
bool hasFormula(const std::string& line, char separator) {
    bool quoted = false, begins = true;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const char c = line[at];
        if (begins && (c == ' ' || c == '\t')) continue;
        if (begins && c == '"' && !quoted) { quoted = true; continue; }
        if (begins && std::string_view{"=+-@"}.find(c) != std::string_view::npos) return true;
        begins = false;
        if (c == '"') quoted = !quoted;
        if (c == separator && (!quoted || separator != ',')) begins = true;
    }
    return false;
}

TEST_F(ExportersTest, SpreadsheetHasNoCellThatIsAFormulaInAnyLocale) {
    everything();
    const std::vector<std::string> attacks{"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "a;=1", "a,=1", "a\t=1", "a;\"=1", "\"=1", "'=1", "a|=1",
                                           "\uFF1D1", "a; \uFF0B1", "x\r\n=1", "=", "\";=1;\""};
    for (const auto& attack : attacks) failedJob("b", attack);
    EXPECT_EQ(must(write("spreadsheet", "b")).units, 9 + attacks.size());
    const std::string text = content(out());
    EXPECT_TRUE(text.starts_with("\uFEFF\"unit\",")) << "a byte order mark, for Excel";
    std::size_t lines = 0;
    for (std::size_t at = 3; at < text.size(); ++lines) {
        const auto end = text.find("\r\n", at);
        ASSERT_NE(end, std::string::npos);
        const std::string line = text.substr(at, end - at);
        for (const char separator : {',', ';', '\t', '|'}) EXPECT_FALSE(hasFormula(line, separator)) << separator << " " << line;
        at = end + 2;
    }
    EXPECT_EQ(lines, 10 + attacks.size());
    EXPECT_EQ(rows(out()).size(), lines);
    must(write("units", "b"));
    EXPECT_TRUE(hasFormula(content(out()), ';')) << "the check can fail: units.csv is for programs";
}

TEST_F(ExportersTest, SpreadsheetKeepsCodesThatLookLikeNumbers) {
    journal.patternBatch("b", Mode::X509, 9);
    auto wanted = TestJournal::reservation("b", "x");
    wanted.uid = must(fromHex("0012"));
    wanted.scan = "12e5";
    const auto unit = must(journal->reserve(wanted));
    journal.advance(unit, UnitState::Recorded);
    must(write("spreadsheet", "b"));
    const Json table = rows(out());
    const auto cell = [&](const char* column) {
        return table[1][static_cast<std::size_t>(std::find(table[0].begin(), table[0].end(), column) - table[0].begin())].get<std::string>();
    };
    EXPECT_EQ(cell("unit"), "1");
    EXPECT_EQ(cell("uid"), "'0012");
    EXPECT_EQ(cell("scan"), "'12e5");
    EXPECT_EQ(cell("id"), "b-0001");
}

TEST_F(ExportersTest, ReportSaysTotalsYieldExceptionsFingerprintsAndCheckpoint) {
    everything();
    EXPECT_EQ(must(write("report", "b")).units, 8u);
    const std::string text = said(fmt::format("pdftotext -layout '{}' -", out()));
    for (const std::string wanted : {"Provisioning report", "Batch b, station line 1's", "75.0 %", "Exceptions: 3", "b-0007", "ISSUED", "b-0008", "VOID",
                                     "proof-failed", "=cmd|' /C calc'!A0\\x0a\"", "wrong-uid", "intents 8, issued 8", "page 1 of 2", "page 2 of 2",
                                     "Production: name, date, signature", "Quality: name, date, signature"}) {
        EXPECT_NE(text.find(wanted), std::string::npos) << wanted << " in\n" << text;
    }
    for (const FakeCa* ca : {&primary, &secondary}) {
        EXPECT_NE(text.find(toHex(sha256(BytesView{ca->certificate})).substr(0, 8)), std::string::npos) << text;
    }
    const auto checkpoint = source("b").context.checkpoint;
    EXPECT_NE(text.find(toBase64(checkpoint.root)), std::string::npos) << text;
    EXPECT_NE(said(fmt::format("pdffonts '{}'", out())).find("yes yes yes"), std::string::npos) << "fonts are embedded, with their characters";
}

TEST_F(ExportersTest, ReportsCodeIsTheCheckpointFile) {
    everything();
    auto from = source("b");
    must(db::writeExport(*must(db::findExporter("report")), from, out(), {}));
    said(fmt::format("pdftoppm -r 150 -f 1 -l 1 -png '{0}' '{0}'", out()));
    const std::string scanned = said(fmt::format("zbarimg -q --raw '{}'-1.png", out()));
    EXPECT_EQ(scanned, db::checkpointFile(from.context.checkpoint) + "\n") << "zbarimg ends with a line of its own";
    must(db::parseCheckpoint(scanned.substr(0, scanned.size() - 1)));
}

TEST_F(ExportersTest, ReportOfABatchWithoutExceptionsSaysSo) {
    recordedBatch("b", 3);
    must(write("report", "b"));
    const std::string text = said(fmt::format("pdftotext -layout '{}' -", out()));
    EXPECT_NE(text.find("Exceptions: none"), std::string::npos) << text;
    EXPECT_NE(text.find("100.0 %"), std::string::npos) << text;
}

TEST_F(ExportersTest, ReportIsTheSameForTheSameMoment) {
    everything();
    const auto from = source("b");
    const auto* report = must(db::findExporter("report"));
    must(db::writeExport(*report, from, work / "one", {}));
    must(db::writeExport(*report, from, work / "two", {}));
    EXPECT_EQ(sha256(content(work / "one")), sha256(content(work / "two")));
}

TEST_F(ExportersTest, ReportGoesOnOverPages) {
    everything();
    for (int n = 0; n < 200; ++n) failedJob("b", fmt::format("board-{:03} {}", n, n % 50 == 7 ? std::string(300, 'x') : ""));
    must(write("report", "b"));
    const std::string text = said(fmt::format("pdftotext -layout '{}' -", out()));
    const auto pages = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\f'));
    EXPECT_GT(pages, 5u);
    for (std::size_t page = 1; page <= pages; ++page) EXPECT_NE(text.find(fmt::format("page {} of {}", page, pages)), std::string::npos) << page;
    for (int n = 0; n < 200; ++n) EXPECT_NE(text.find(fmt::format("board-{:03}", n)), std::string::npos) << n;
    std::size_t heads = 0;
    for (std::size_t at = text.find("Device ID or label"); at != std::string::npos; at = text.find("Device ID or label", at + 1)) ++heads;
    EXPECT_EQ(heads, pages - 1) << "the table's head stands on each of its pages";
}

TEST_F(ExportersTest, KeysOfASasBatchAreRefusedWithoutARecipient) {
    recordedBatch("s", 2, Mode::Sas);
    for (const char* form : {"iotc-devices", "dps-bulk"}) {
        const auto done = write(form, "s");
        ASSERT_EQ(codeOf(done), "bad-usage") << form;
        EXPECT_NE(done.error().detail.find("--recipient"), std::string::npos) << done.error().detail;
        EXPECT_FALSE(fs::exists(out()));
    }
    EXPECT_EQ(codeOf(write("dps-group", "s")), "bad-usage") << "a group's keys never leave the HSM";
    must(write("iotc-import", "s"));
}

TEST_F(ExportersTest, ARecipientAloneReadsTheKeys) {
    constexpr int kUnits = static_cast<int>(db::kKeysAtOnce) + 1;
    journal.patternBatch("s", Mode::Sas, 1000);
    for (int n = 0; n < kUnits; ++n) {
        auto wanted = TestJournal::reservation("s", std::to_string(n));
        wanted.origin = db::KeyOrigin::Derived;
        journal.advance(must(journal->reserve(wanted)), UnitState::Recorded);
    }
    for (const char* kind : {kEc, kRsa}) {
        const auto recipient = recipientOf(kind);
        EXPECT_EQ(recipient.subject, "CN=cloud");
        asked.clear();
        must(write("iotc-devices", "s", recipient));
        EXPECT_EQ(asked, (std::vector<std::size_t>{db::kKeysAtOnce, 1}));
        const std::string sealed = content(out());
        EXPECT_EQ(sealed.find("s-0001"), std::string::npos);
        const std::string plain = decrypted(out());
        EXPECT_EQ(std::count(plain.begin(), plain.end(), '\n'), kUnits + 1);
        const auto last = must(journal->liveUnit(TestJournal::id("s-0501")));
        const auto keys = keysOf(*last);
        EXPECT_TRUE(plain.ends_with(fmt::format("s-0501,s-0501,{},{},,\r\n", keys.primary.text(), keys.secondary.text()))) << kind;
        EXPECT_NE(said(fmt::format("openssl asn1parse -inform DER -in '{}'", out())).find("aes-256-cbc"), std::string::npos);
    }
}

TEST_F(ExportersTest, SealedEnrolmentsAreTheServicesJson) {
    journal.patternBatch("s", Mode::Sas, 1000);
    for (int n = 0; n < 11; ++n) {
        auto wanted = TestJournal::reservation("s", std::to_string(n));
        wanted.origin = db::KeyOrigin::Derived;
        journal.advance(must(journal->reserve(wanted)), UnitState::Recorded);
    }
    EXPECT_EQ(must(write("dps-bulk", "s", recipientOf(kEc))).files, 2u);
    const Json body = Json::parse(decrypted(out() + "/enrolments-0002.json.cms"));
    ASSERT_EQ(body["enrollments"].size(), 1u);
    const Json& one = body["enrollments"][0];
    const auto keys = keysOf(*must(journal->liveUnit(TestJournal::id("s-0011"))));
    EXPECT_EQ(one["registrationId"], "s-0011");
    EXPECT_EQ(one["attestation"]["type"], "symmetricKey");
    EXPECT_EQ(one["attestation"]["symmetricKey"], (Json{{"primaryKey", keys.primary.text()}, {"secondaryKey", keys.secondary.text()}}));
}

TEST_F(ExportersTest, ACertificateNobodyCouldDecryptWithIsRefused) {
    const auto refused = [&](const std::string& how) {
        said(fmt::format("openssl req -x509 -nodes {} -subj /CN=cloud -keyout '{}' -out '{}'", how, work / "key.pem", work / "cert.pem"));
        return codeOf(db::parseRecipient(content(work / "cert.pem"), utcNow()));
    };
    EXPECT_EQ(refused("-newkey ed25519"), "bad-usage");
    EXPECT_EQ(refused("-newkey rsa:1024"), "bad-usage");
    EXPECT_EQ(refused(fmt::format("{} -addext keyUsage=digitalSignature", kRsa)), "bad-usage");
    EXPECT_EQ(refused(fmt::format("{} -addext keyUsage=digitalSignature", kEc)), "bad-usage");
    EXPECT_EQ(refused(fmt::format("{} -addext keyUsage=keyAgreement", kEc)), "ok");
    const auto good = content(work / "cert.pem");
    EXPECT_EQ(codeOf(db::parseRecipient(good, utcNow() + std::chrono::days{400})), "bad-usage");
    EXPECT_EQ(codeOf(db::parseRecipient(good, utcNow() - std::chrono::days{1})), "bad-usage");
    EXPECT_EQ(codeOf(db::parseRecipient("nothing", utcNow())), "bad-usage");
}

TEST_F(ExportersTest, AnExportIsThereWholeOrNotAtAll) {
    recordedBatch("s", 3, Mode::X509);
    must(write("units", "s"));
    const std::string before = content(out());
    unitIn("s", "more", UnitState::Recorded);
    must(write("units", "s"));
    EXPECT_NE(content(out()), before) << "a file is replaced";
    EXPECT_EQ(codeOf(write("dps-bulk", "s")), "bad-usage") << "a folder is not";

    journal.patternBatch("k", Mode::Sas, 10);
    auto wanted = TestJournal::reservation("k", "k");
    wanted.origin = db::KeyOrigin::Derived;
    journal.advance(must(journal->reserve(wanted)), UnitState::Recorded);
    const auto recipient = recipientOf(kEc);
    for (const char* form : {"iotc-devices", "dps-bulk"}) {
        auto from = source("k");
        from.keys = [](std::span<const db::Unit>) -> Result<std::vector<db::DeviceKeys>> { return Error{ErrorCode::SignerUnavailable, "test"}; };
        EXPECT_EQ(codeOf(db::writeExport(*must(db::findExporter(form)), from, work / "failed", recipient)), "signer-unavailable");
    }
    for (const auto& entry : fs::directory_iterator{work.path()}) EXPECT_EQ(entry.path().filename().string().find("failed"), std::string::npos) << entry.path();
}

}  // namespace
}  // namespace keystamp::test
