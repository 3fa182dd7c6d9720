// SPDX-License-Identifier: Apache-2.0
// What is sent: text with places in it, `set_az_symkey "{sas_key}"`. A place names a value and may pass it through filters,
// `{chain_pem|crlf|sha256|hex}`. A brace of its own is written twice.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/secret.h"

namespace keystamp::flashing::console {

/// What places stand for. All of them in secure memory: to tell a key from a name is not left to chance.
using Values = std::map<std::string, Secret>;

/// Whether a value of this name may be shown to nobody.
bool isSecret(const std::string& name);

class Wording {
public:
    /// BadConfig: a brace that is not closed, a filter that does not exist.
    static Result<Wording> parse(const std::string& text);

    /// BadConfig where a place has no value, or one that a filter does not take (no base64).
    Result<Secret> render(const Values& values) const;
    /// As it may be shown: a place that is secret stays a place.
    std::string shown(const Values& values) const;
    /// What stands in it of what may be shown to nobody, as it stands in it.
    std::vector<Secret> secrets(const Values& values) const;

    std::set<std::string> names() const;
    bool holdsSecret() const;

private:
    using Filter = Result<Secret> (*)(const Secret& value);
    struct Part {
        std::string literal;  ///< or, where it is empty:
        std::string name{};
        std::vector<Filter> filters{};
        bool secret = false;  ///< a digest of a secret is none
    };
    static Result<Part> placeOf(const std::string& inside);
    static Result<Secret> valueOf(const Part& part, const Values& values);

    std::vector<Part> m_parts;
};

}  // namespace keystamp::flashing::console
