// SPDX-License-Identifier: Apache-2.0
// What may stand in a service's answer, or not. Private to this room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace keystamp::cloud {

inline std::string text(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

inline long number(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number_integer() ? found->get<long>() : 0;
}

/// An empty object where it is none.
inline const nlohmann::json& part(const nlohmann::json& object, const char* key) {
    static const nlohmann::json kNone = nlohmann::json::object();
    const auto found = object.find(key);
    return found != object.end() && found->is_object() ? *found : kNone;
}

}  // namespace keystamp::cloud
