// SPDX-License-Identifier: Apache-2.0
// What is wrong with a profile is told with its line before any board meets it; and a board that is not listed takes few lines.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "core/file.h"
#include "flashing/console/console_board.h"
#include "flashing/console/profile.h"
#include "tests/support/scripted_link.h"

namespace keystamp {
namespace {

using flashing::console::Profile;

std::string example() {
    const auto text = readFile(KEYSTAMP_EXAMPLE_PROFILE);
    if (!text) throw std::runtime_error(KEYSTAMP_EXAMPLE_PROFILE);
    return *text;
}

/// The example, or another text, with one thing changed.
std::string with(const std::string& before, const std::string& after, std::string text = example()) {
    const auto at = text.find(before);
    if (at == std::string::npos) throw std::runtime_error("the example has no " + before);
    return text.replace(at, before.size(), after);
}

int lineOf(const std::string& text, const std::string& part) {
    return 1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.find(part)), '\n'));
}

TEST(ConsoleProfile, ABoardThatIsNotListedTakesUnderThirtyLines) {
    const std::string text = example();
    const auto good = Profile::parse(text, "example.toml");
    ASSERT_TRUE(good) << describe(good.error());
    EXPECT_LT(std::count(text.begin(), text.end(), '\n'), 30);
}

struct Mistake {
    const char* name;
    std::string text;
    std::string place;  ///< a part of the line that is named
    std::string why;
};
void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }

class EveryMistake : public testing::TestWithParam<Mistake> {};

TEST_P(EveryMistake, IsToldWithItsLine) {
    const auto& [name, text, place, why] = GetParam();
    const auto parsed = Profile::parse(text, "acme.toml");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::BadConfig);
    EXPECT_NE(parsed.error().detail.find(why), std::string::npos) << parsed.error().detail;
    const int line = place.empty() ? 1 : lineOf(text, place);
    EXPECT_EQ(parsed.error().detail.substr(0, parsed.error().detail.find(' ')), "acme.toml:" + std::to_string(line) + ":") << parsed.error().detail;
}

const Mistake kMistakes[] = {
    {"not_toml", with("evidence = \"read-back\"", "evidence = read-back"), "evidence = read-back", ""},
    {"unknown_key", with("line_end", "lineend"), "lineend", "lineend is not a key here; there is name, evidence"},
    {"unknown_step_key", with("fail = ", "fails = "), "fails = ", "write_sas.fails is not a key here"},
    {"no_name", with("name = \"Acme node\"", ""), "", "name is needed"},
    {"not_text", with("name = \"Acme node\"", "name = 7"), "name = 7", "name must be text in quotes"},
    {"evidence", with("\"read-back\"", "\"proof\""), "\"proof\"", "evidence must be one of read-back, digest, accepted"},
    {"no_end", with("end = '^acme> \\z'", ""), "", "end is needed: a regular expression of what ends every answer"},
    {"regex", with("(\\S+)'\ncapture", "(\\S+'\ncapture"), "expect = '^serial", "uid.expect is no regular expression, at character 37: missing closing parenthesis"},
    {"redaction", with("wifi_key=(\\S+)", "wifi_key=(*"), "redact", "redact is no regular expression"},
    {"number", with("[[uid]]", "chunk = 0\n[[uid]]"), "chunk = 0", "chunk must be from 1 to 4096"},
    {"place_not_closed", with("{sas_key}", "{sas_key"), "put identity {scope_id}", "a '{' is not closed"},
    {"place_without_value", with("{sas_key}", "{private_key_pem}"), "[[write_sas]]", "write_sas: send names {private_key_pem}, which has no value here; there is credential, device_id, sas_key, scope_id"},
    {"filter", with("{sas_key}", "{sas_key|rot13}"), "put identity {scope_id}", "{sas_key} has no filter 'rot13'; there is crlf"},
    {"no_expect", with("expect = '^scope=(\\S*) device=(\\S*) key=(\\S*)'", ""), "[[info]]", "info.expect is needed"},
    {"no_send", with("send = \"id\"", ""), "[[uid]]", "uid.send is needed"},
    {"group", with("sas_key = 3", "sas_key = 4"), "[[info]]", "info: capture.sas_key is group 4, and expect has 3"},
    {"no_uid", with("uid = 1, ", ""), "", "no step of [[uid]] captures uid; or set usb_serial = true"},
    {"no_erase", with("[[erase]]", "[[finish]]"), "", "needs steps [[erase]]"},
    {"no_write", with("[[write_sas]]", "[[lock]]"), "", "needs steps [[write_sas]] or [[write_x509]]"},
    {"not_read_back", with(", sas_key = 3", ""), "", "evidence = \"read-back\", and no step of [[info]] captures sas_key"},
    {"more_than_accepted", with("\"read-back\"", "\"accepted\""), "", "[[info]] captures what the board holds: it is read-back or digest"},
    {"no_digest", with("\"read-back\"", "\"digest\""), "", "evidence = \"digest\", and no step of [[info]] captures credential"},
    {"no_device_id", with("device_id = 2, ", ""), "", "evidence = \"read-back\", and no step of [[info]] captures device_id: what is written is looked for"},
    {"no_scope_id", with("scope_id = 1, ", ""), "", "evidence = \"read-back\", and no step of [[info]] captures scope_id"},
    {"end_of_nothing", with("'^acme> \\z'", "'(?:acme> )?\\z'"), "(?:acme> )?", "end fits where nothing stands, and so ends every answer at its first character"},
    {"end_of_nothing_in_a_step", with("fail = ", "end = '$'\nfail = "), "end = '$'", "write_sas.end fits where nothing stands"},
    {"option_of_what_is_read", with("[[uid]]", "[options]\nfirmware = \"1\"\n[[uid]]"), "", "options.firmware is the name of something else"},
    {"digests_of_what_is_read_back", with("[[uid]]", "[digests_sas]\nkey_digest = \"{sas_key|sha256|hex}\"\n[[uid]]"), "", "[digests_sas] goes with evidence = \"digest\""},
    {"digest_of_another_name", with("[[uid]]", "[digests_sas]\nscope_id = \"{sas_key|sha256|hex}\"\n[[uid]]", with("\"read-back\"", "\"digest\"", with("sas_key = 3", "credential = 3"))), "",
     "[digests_sas].scope_id is the name of something else"},
    {"accepted_whatever_it_says", with("\"read-back\"", "\"accepted\"", with("capture = { scope_id = 1, device_id = 2, sas_key = 3 }", "", with("expect = '^done'\nfail", "expect = '(?:done)?'\nfail"))), "[[write_sas]]",
     "write_sas: expect fits whatever it says, and with evidence = \"accepted\" that is all that is known"},
    {"only", with("fail = ", "only = \"mondays\"\nfail = "), "only = ", "write_sas.only must be one of always, station-key, board-key"},
    {"only_elsewhere", with("capture = { scope_id", "only = \"board-key\"\ncapture = { scope_id"), "[[info]]", "info: only is a key of [[write_x509]]"},
    {"not_steps", with("[[erase]]", "[erase]"), "[erase]", "erase must be steps, each headed [[erase]]"},
    {"pieces", with("fail = ", "pieces = \"{device_id}\"\nfail = "), "[[write_sas]]", "write_sas: pieces are cut, and send has no {piece}"},
};
INSTANTIATE_TEST_SUITE_P(Of, EveryMistake, testing::ValuesIn(kMistakes), [](const auto& each) { return std::string{each.param.name}; });

// ---- a hostile console

using Said = std::function<std::string(const std::string& line)>;

/// The example's board, which says to each line what the test has it say.
std::unique_ptr<flashing::Board> acme(Said said, std::string* transcript = nullptr) {
    auto link = std::make_unique<test::ScriptedLink>([said = std::move(said), line = std::string{}](BytesView told) mutable {
        line += asText(told);
        if (!line.ends_with('\n')) return Bytes{};
        const std::string answer = said(std::exchange(line, {}));
        return toBytes(asBytes(answer));
    });
    auto board = flashing::console::openProfile(KEYSTAMP_EXAMPLE_PROFILE, std::move(link), {}, [transcript](std::string_view side, const std::string& text) {
        if (transcript != nullptr) *transcript += std::string{side} + " " + text + "\n";
    });
    if (!board) throw std::runtime_error(describe(board.error()));
    return *std::move(board);
}

Deadline never() { return Deadline::in(std::chrono::hours{1}); }
const std::string kId = "serial 0011223344AA firmware 1.2\r\nacme> ";
const std::string kBlank = "scope= device= key=\r\nacme> ";

TEST(ConsoleBoard, TakesWhatIsSaidAsWhatItIs) {
    const std::pair<Said, ErrorCode> cases[] = {
        {[](const std::string&) { return std::string{}; }, ErrorCode::BoardSilent},
        {[](const std::string&) { return std::string{"\xff\xfe%n%s\r\n"}; }, ErrorCode::BoardNonsense},              // no end
        {[](const std::string&) { return std::string{"what?\r\nacme> "}; }, ErrorCode::BoardNonsense},                 // not what is expected
        {[](const std::string&) { return std::string(1 << 20, 'a'); }, ErrorCode::BoardNonsense},                      // without end
        {[n = 0](const std::string&) mutable { return (++n % 2 != 0 ? "serial 0011223344AA" : "serial 0011223344AB") + std::string{" firmware 1\r\nacme> "}; }, ErrorCode::BoardNonsense},
    };
    for (const auto& [said, code] : cases) {
        const auto info = acme(said)->info(never());
        ASSERT_FALSE(info);
        EXPECT_EQ(info.error().code, code) << describe(info.error());
        EXPECT_NE(info.error().detail.find(code == ErrorCode::BoardNonsense ? "" : "example.toml:"), std::string::npos) << info.error().detail;
    }
}

TEST(ConsoleBoard, AWellFormedNoIsARefusalWithTheBoardsNumber) {
    const auto board = acme([](const std::string& line) { return line == "id\n" ? kId : line.starts_with("get") ? kBlank : "error 42 flash worn\r\nacme> "; });
    const auto id = *DeviceId::parse("acme-1");
    flashing::Credential credential{Mode::Sas, id, "0ne00TEST01", {}, {}, Secret::copyOf(BytesView{randomBytes(32)})};
    const auto written = board->write(credential, never());
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, ErrorCode::BoardRefused);
    EXPECT_EQ(written.error().native, 42);
    EXPECT_NE(written.error().detail.find("it says 'error 42 flash worn'"), std::string::npos) << written.error().detail;
}

TEST(ConsoleBoard, ANoToWhatTheLineMadeOfACommandIsNotItsLastWord) {
    for (const char* garbled : {"id\n", "get identity\n", "put identity - - -\n"}) {
        bool once = false;
        const auto board = acme([&](const std::string& line) {
            if (line == garbled && !std::exchange(once, true)) return std::string{"error 1 no such command\r\nacme> "};
            return line == "id\n" ? kId : line.starts_with("get") ? kBlank : "done\r\nacme> ";
        });
        const auto info = board->info(never());
        EXPECT_TRUE(info) << garbled << describe(info.error());
        const auto erased = board->erase(never());
        EXPECT_TRUE(erased) << garbled << describe(erased.error());
        EXPECT_TRUE(once);
    }
}

TEST(ConsoleBoard, AnErrorRepeatsNoKeyThatTheConsoleRepeats) {
    std::string transcript;
    const auto id = *DeviceId::parse("acme-1");
    flashing::Credential credential{Mode::Sas, id, "0ne00TEST01", {}, {}, Secret::copyOf(BytesView{randomBytes(32)})};
    const std::string key{credential.sasKey.toBase64().text()};
    for (const std::string& answer : {"error 1 in: " + key, "error 1 in: " + key.substr(0, 20) + key.substr(21), "what is " + key + "?", "what is " + key.substr(0, 30) + "#" + key.substr(31) + "?"}) {
        const auto board = acme([&](const std::string& line) { return line == "id\n" ? kId : line.starts_with("get") ? kBlank : answer + "\r\nacme> "; }, &transcript);
        const auto written = board->write(credential, never());
        ASSERT_FALSE(written);
        for (std::size_t at = 0; at + 8 <= key.size(); ++at) {
            EXPECT_EQ(describe(written.error()).find(key.substr(at, 8)), std::string::npos) << describe(written.error());
            EXPECT_EQ(transcript.find(key.substr(at, 8)), std::string::npos) << transcript;
        }
    }
}

TEST(ConsoleBoard, AKeyThatComesBackLateIsInNoErrorEither) {
    std::string transcript, key;
    const auto id = *DeviceId::parse("acme-1");
    const auto board = acme([&](const std::string& line) {
        if (line.starts_with("put")) return std::string{"done\r\nacme> "};
        return line == "id\n" ? (key.empty() ? kId : "log: " + key.substr(3) + "\r\nacme> ") : kBlank;
    }, &transcript);
    ASSERT_TRUE(board->info(never()));
    flashing::Credential credential{Mode::Sas, id, "0ne00TEST01", {}, {}, Secret::copyOf(BytesView{randomBytes(32)})};
    static_cast<void>(board->write(credential, never()));
    key = credential.sasKey.toBase64().text();
    const auto after = board->info(never());
    ASSERT_FALSE(after);
    EXPECT_EQ(describe(after.error()).find(key.substr(5, 8)), std::string::npos) << describe(after.error());
    EXPECT_EQ(transcript.find(key.substr(5, 8)), std::string::npos) << transcript;
}

TEST(ConsoleBoard, APatternThatNeverEndsIsCutShort) {
    const auto pattern = flashing::console::Pattern::compile("^(a+)+$");
    ASSERT_TRUE(pattern);
    const auto found = pattern->find(std::string(4000, 'a') + "!");
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, ErrorCode::BoardNonsense);
}

}  // namespace
}  // namespace keystamp
