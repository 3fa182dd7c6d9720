// SPDX-License-Identifier: Apache-2.0
#include "flashing/console/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace keystamp::flashing::console {
namespace {

using Names = std::set<std::string>;

class Check {
public:
    Check(const Profile& profile, std::optional<Error>& error) : m_profile(profile), m_error(error) {}

    void all() {
        uid();
        writes();
        evidence();
        optionNames();
        for (const auto& [act, steps] : m_profile.acts) script(act, steps);
    }

private:
    void refuse(int line, const std::string& what) {
        if (!m_error) m_error = Error{ErrorCode::BadConfig, fmt::format("{}:{}: {}", m_profile.file, line, what)};
    }

    bool captures(Act act, std::string_view name) const {
        const auto steps = m_profile.acts.find(act);
        return steps != m_profile.acts.end() &&
               std::any_of(steps->second.begin(), steps->second.end(), [&](const Step& each) { return each.capture.contains(std::string{name}); });
    }

    void uid() {
        if (!captures(Act::Uid, "uid") && !m_profile.usbSerial) {
            refuse(1, "no step of [[uid]] captures uid; or set usb_serial = true, where the board's own USB serial number is its UID");
        }
    }

    void writes() {
        if (!m_profile.has(Act::WriteSas) && !m_profile.has(Act::WriteX509)) refuse(1, "needs steps [[write_sas]] or [[write_x509]], or both");
        if (!m_profile.has(Act::Erase)) refuse(1, "needs steps [[erase]]: an identity that went to a swapped board is taken off again");
        if (m_profile.has(Act::MakeKey) && !captures(Act::MakeKey, "csr")) refuse(lineOf(Act::MakeKey), "no step of [[make_key]] captures csr");
        if (m_profile.has(Act::MakeKey) && !m_profile.has(Act::WriteX509)) refuse(lineOf(Act::MakeKey), "[[make_key]] is of no use without [[write_x509]]");
    }

    int lineOf(Act act) const { return m_profile.acts.at(act).front().line; }

    void evidence() {
        for (const auto& [mode, digests] : m_profile.digests) {
            if (m_profile.shows != Shows::ItsDigest) refuse(1, fmt::format("[digests_{}] goes with evidence = \"digest\"", keystamp::name(mode)));
        }
        const bool itself = captures(Act::Info, "sas_key") || captures(Act::Info, "certificate");
        const bool digest = captures(Act::Info, "credential");
        switch (m_profile.shows) {
            case Shows::Itself:
                if (!itself) refuse(1, "evidence = \"read-back\", and no step of [[info]] captures sas_key or certificate");
                if (m_profile.has(Act::WriteSas) && !captures(Act::Info, "sas_key")) refuse(1, "evidence = \"read-back\", and no step of [[info]] captures sas_key");
                if (m_profile.has(Act::WriteX509) && !captures(Act::Info, "certificate")) refuse(1, "evidence = \"read-back\", and no step of [[info]] captures certificate");
                return names("read-back");
            case Shows::ItsDigest:
                if (!digest) refuse(1, "evidence = \"digest\", and no step of [[info]] captures credential");
                for (const auto& [act, mode] : {std::pair{Act::WriteSas, Mode::Sas}, std::pair{Act::WriteX509, Mode::X509}}) {
                    if (m_profile.has(act)) digestsOf(mode);
                }
                return names("digest");
            case Shows::Nothing:
                if (itself || digest) refuse(1, "evidence = \"accepted\", and [[info]] captures what the board holds: it is read-back or digest");
                return;
        }
    }

    void names(std::string_view evidence) {
        for (const char* name : {"device_id", "scope_id"}) {
            if (captures(Act::Info, name) || captures(Act::Uid, name)) continue;
            refuse(1, fmt::format("evidence = \"{}\", and no step of [[info]] captures {}: what is written is looked for there", evidence, name));
        }
    }

    /// The board's own digest of what it stores, beside a note that the station wrote, which alone shows nothing.
    void digestsOf(Mode mode) {
        const std::string table = fmt::format("[digests_{}]", keystamp::name(mode));
        const auto digests = m_profile.digests.find(mode);
        if (digests == m_profile.digests.end()) return refuse(1, "evidence = \"digest\" needs " + table + ": what the board is to say of what it was sent");
        for (const auto& [name, wording] : digests->second) {
            if (known(mode).contains(name)) refuse(1, fmt::format("{}.{} is the name of something else", table, name));
            if (!captures(Act::Info, name)) refuse(1, fmt::format("{} has {}, which no step of [[info]] captures", table, name));
            if (wording.holdsSecret()) refuse(1, fmt::format("{}.{} is no digest but the secret itself; pass it through sha256", table, name));
            for (const std::string& each : wording.names()) {
                if (!known(mode).contains(each)) refuse(1, fmt::format("{}.{} names {{{}}}, which has no value", table, name, each));
            }
        }
    }

    /// An option of a name that is read of the board would be taken for what it said.
    void optionNames() {
        Names others{"profile", "piece", "uid", "firmware", "certificate", "csr"};
        others.merge(known(Mode::Sas));
        others.merge(known(Mode::X509));
        for (const auto& [act, steps] : m_profile.acts) {
            for (const Step& step : steps) std::transform(step.capture.begin(), step.capture.end(), std::inserter(others, others.end()), [](const auto& each) { return each.first; });
        }
        for (const auto& [name, value] : m_profile.options) {
            if (others.contains(name)) refuse(1, "options." + name + " is the name of something else");
        }
    }

    static Names known(Mode mode) {
        Names names{"device_id", "scope_id", "credential"};
        if (mode == Mode::Sas) names.insert("sas_key");
        if (mode == Mode::X509) names.insert({"leaf_pem", "chain_pem", "private_key_pem"});
        return names;
    }

    Names valuesOf(Act act) const {
        Names names;
        const bool sas = act == Act::WriteSas, x509 = act == Act::WriteX509;
        if (act == Act::MakeKey) names = {"device_id", "scope_id"};
        if (sas || x509) names = known(sas ? Mode::Sas : Mode::X509);
        if (const auto digests = m_profile.digests.find(sas ? Mode::Sas : Mode::X509); digests != m_profile.digests.end() && (sas || x509)) {
            for (const auto& [name, wording] : digests->second) names.insert(name);
        }
        for (const auto& [name, value] : m_profile.options) names.insert(name);
        return names;
    }

    void script(Act act, const std::vector<Step>& steps) {
        Names values = valuesOf(act);
        for (const Step& step : steps) {
            const std::string where = fmt::format("{}: ", console::name(act));
            Names sent = step.send.names();
            if (step.pieces) {
                sent.merge(step.pieces->names());
                if (!step.send.names().contains("piece")) refuse(step.line, where + "pieces are cut, and send has no {piece}");
                sent.erase("piece");
            }
            for (const std::string& each : sent) {
                if (values.contains(each)) continue;
                std::string names;
                for (const std::string& known : values) names += (names.empty() ? "" : ", ") + known;
                refuse(step.line, fmt::format("{}send names {{{}}}, which has no value here; there is {}", where, each, names.empty() ? "none" : names));
            }
            for (const auto& [name, group] : step.capture) {
                if (group > step.expect.groups()) refuse(step.line, fmt::format("{}capture.{} is group {}, and expect has {}", where, name, group, step.expect.groups()));
                values.insert(name);
            }
            const bool writes = act == Act::WriteSas || act == Act::WriteX509;
            if (m_profile.shows == Shows::Nothing && writes && step.expect.fitsNothing()) {
                refuse(step.line, where + "expect fits whatever it says, and with evidence = \"accepted\" that is all that is known");
            }
            if (step.only != Step::Only::Always && act != Act::WriteX509) refuse(step.line, where + "only is a key of [[write_x509]]: nothing else depends on who made the key");
            const bool withKey = step.send.names().contains("private_key_pem") || (step.pieces && step.pieces->names().contains("private_key_pem"));
            if (withKey && step.only != Step::Only::StationKey && m_profile.has(Act::MakeKey)) {
                refuse(step.line, where + "a board that made its key is sent none; say only = \"station-key\"");
            }
        }
    }

    const Profile& m_profile;
    std::optional<Error>& m_error;
};

}  // namespace

void checkProfile(const Profile& profile, std::optional<Error>& error) { Check{profile, error}.all(); }

}  // namespace keystamp::flashing::console
