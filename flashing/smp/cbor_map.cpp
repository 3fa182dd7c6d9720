// SPDX-License-Identifier: Apache-2.0
#include "flashing/smp/cbor_map.h"

namespace keystamp::flashing::smp {
namespace {

using nlohmann::json;

constexpr int kDeepest = 8;  ///< the library calls itself once a level

/// Takes everything but what is nested too deep.
class Depth : public nlohmann::json_sax<json> {
public:
    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool key(string_t&) override { return true; }
    bool start_object(std::size_t) override { return ++m_open <= kDeepest; }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return ++m_open <= kDeepest; }
    bool end_array() override { return close(); }
    bool parse_error(std::size_t, const std::string&, const json::exception&) override { return false; }

private:
    bool close() {
        --m_open;
        return true;
    }
    int m_open = 0;
};

}  // namespace

std::optional<json> cborMap(BytesView bytes) {
    try {
        Depth depth;
        if (!json::sax_parse(bytes.begin(), bytes.end(), &depth, json::input_format_t::cbor)) return {};
        json map = json::from_cbor(bytes.begin(), bytes.end(), true, false);
        if (map.is_object()) return map;
    } catch (const json::exception&) {
        // a length beyond all memory is thrown, whatever the library is told of exceptions
    }
    return {};
}

}  // namespace keystamp::flashing::smp
