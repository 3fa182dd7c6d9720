// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/profile_file.h"

#include <algorithm>

namespace keystamp::hsm {
namespace {

constexpr std::int64_t kLongestValidityDays = 50 * 365;
constexpr std::int64_t kLongestBackdateHours = 24 * 365;
constexpr std::size_t kLongestOrganisation = 64;  // RFC 5280 ub-organization-name

// The keys of a profile, in a table called `prefix` or at the top of its own file.
void readKeys(TomlReader& reader, const toml::table& from, const std::string& prefix, Profile& profile) {
    const auto refuse = [&](const char* key, std::string_view why) {
        reader.refuse(from.get(key)->source(), prefix + key, why);
    };
    profile.validity =
        std::chrono::hours{24 * reader.number(&from, prefix + "validity_days", 3650, 1, kLongestValidityDays)};
    profile.backdate =
        std::chrono::hours{reader.number(&from, prefix + "backdate_hours", 24, 0, kLongestBackdateHours)};
    if (profile.backdate >= profile.validity) {
        const bool backdated = from.contains("backdate_hours");
        refuse(backdated ? "backdate_hours" : "validity_days",
               "a leaf would have expired when it is issued: the backdating is as long as the validity");
    }
    profile.organisation = reader.text(&from, prefix + "organisation", {});
    const auto isControl = [](unsigned char c) { return c < 0x20 || c == 0x7f; };
    if (profile.organisation.size() > kLongestOrganisation) refuse("organisation", "64 bytes at most");
    if (std::any_of(profile.organisation.begin(), profile.organisation.end(), isControl))
        refuse("organisation", "holds a control character");

    profile.purposes = reader.words(&from, prefix + "eku", kKeyPurposeNames, profile.purposes);
    if (!profile.purposes.contains(KeyPurpose::ClientAuth))
        refuse("eku", "must hold \"clientAuth\": without it no cloud lets the device in");
    profile.keys = reader.words(&from, prefix + "key", kKeyAlgorithmNames, profile.keys);
}

}  // namespace

void readProfile(TomlReader& station, const toml::table& root, Profile& profile) {
    const auto* table = station.table(root, "profile",
                                      {"file", "validity_days", "backdate_hours", "organisation", "eku", "key"}, false);
    if (table == nullptr) return;
    const auto* named = table->get("file");
    if (named == nullptr) return readKeys(station, *table, "profile.", profile);

    const std::string file = station.path(station.text(table, "profile.file", {}, true));
    if (file.empty()) return station.refuse(named->source(), "profile.file", "must be the path of a file");
    for (const auto& [key, value] : *table) {
        if (key.str() == "file") continue;
        station.refuse(value.source(), "profile." + std::string{key.str()},
                       "the profile has a file of its own (profile.file); write this there");
    }
    const auto parsed = parseToml(file);
    if (!parsed) {
        // its own line tells what is wrong in it; this one, who asked for it
        return station.refuse(named->source(), "profile.file", parsed.error().detail);
    }
    TomlReader own{file};
    own.onlyKeys(*parsed, {}, {"validity_days", "backdate_hours", "organisation", "eku", "key"});
    readKeys(own, *parsed, {}, profile);
    if (own.failed()) station.refuse(own.problem());
}

}  // namespace keystamp::hsm
