// SPDX-License-Identifier: Apache-2.0
#include "db/key_list.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <map>

#include "core/file.h"
#include "db/csv.h"
#include "db/id_lines.h"

namespace keystamp::db {
namespace {

constexpr std::size_t kLargest = 64u << 20;
constexpr std::size_t kKey = 32;  // bytes: an HMAC-SHA256, and what a board takes (flashing/PROTOCOL.md)
constexpr std::size_t kLongestText = 4096;

void wipe(std::vector<char>& text) {
    if (!text.empty()) OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

std::string columnOf(Slot slot) { return slot == Slot::Primary ? "IOTC_SASKEY_PRIMARY" : "IOTC_SASKEY_SECONDARY"; }

Result<Secret> keyOf(std::string_view base64) {
    if (base64.empty()) return Error{ErrorCode::BadUsage, "the key is missing"};
    // a whole file on one line must not ask for as much locked memory
    if (base64.size() > kLongestText) return Error{ErrorCode::BadUsage, fmt::format("a key of {} characters, a device's has 44", base64.size())};
    auto key = Secret::fromBase64(base64);
    if (!key) return Error{ErrorCode::BadUsage, "the key is not base64; copy it whole, to the last ="};
    if (key->size() == kKey) return key;
    return Error{ErrorCode::BadUsage, fmt::format("the key has {} bytes; boards take those of {}, as devices of an enrolment group have them", key->size(), kKey)};
}

// Takes the keys out of the lines, so that whoever reads the rest, and says what is wrong with it, sees none.
class KeyColumn {
public:
    KeyColumn(std::string_view text, Slot slot) : m_text(text), m_name(columnOf(slot)) {}

    Result<std::string> filter(std::size_t number, std::string_view line) {
        const auto fields = fieldsIn(line);
        if (m_secret.empty()) {
            if (auto found = readHeader(fields); !found) return found.error();
            return std::string{line};
        }
        if (m_column < fields.size()) {
            if (auto good = take(number, withoutQuotes(fields[m_column])); !good) return good.error();
        }
        return withoutSecrets(fields, m_secret);
    }

    std::vector<std::pair<std::size_t, std::size_t>> places() { return std::move(m_places); }

private:
    Result<void> readHeader(const std::vector<std::string_view>& fields) {
        bool found = false;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const std::string word = folded(withoutQuotes(fields[i]));
            m_secret.push_back(holdsKeys(word));
            if (word != folded(m_name)) continue;
            if (std::exchange(found, true)) return Error{ErrorCode::BadCsv, "column " + m_name + " stands twice"};
            m_column = i;
        }
        if (found) return {};
        return Error{ErrorCode::BadCsv, "the first line has no column " + m_name + "; in IoT Central export the devices with their keys"};
    }

    Result<void> take(std::size_t number, std::string_view field) {
        const auto key = keyOf(field);
        if (!key) return key.error();
        const auto [before, fresh] = m_seen.try_emplace(sha256(key->view()), number);
        if (!fresh) return Error{ErrorCode::BadCsv, fmt::format("its key is the one on line {}", before->second)};
        m_places.emplace_back(static_cast<std::size_t>(field.data() - m_text.data()), field.size());
        return {};
    }

    const std::string_view m_text;
    const std::string m_name;
    std::vector<bool> m_secret;  // which columns hold keys
    std::size_t m_column = 0;
    std::map<Digest, std::size_t> m_seen;
    std::vector<std::pair<std::size_t, std::size_t>> m_places;
};

}  // namespace

WipedText& WipedText::operator=(WipedText&& other) noexcept {
    std::swap(m_text, other.m_text);
    return *this;
}

WipedText::~WipedText() { wipe(m_text); }

Result<WipedText> WipedText::read(int fd) {
    WipedText found;
    std::vector<char>& text = found.m_text;
    text.resize(1u << 16);
    std::size_t size = 0;
    for (;;) {
        if (size == text.size()) {
            if (size >= kLargest) return Error{ErrorCode::BadCsv, "more than 64 MiB"};
            // by hand: a vector that grows leaves what it held behind
            std::vector<char> larger(text.size() * 2);
            std::copy(text.begin(), text.end(), larger.begin());
            wipe(text);
            text = std::move(larger);
        }
        const ssize_t got = ::read(fd, text.data() + size, text.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return Error{ErrorCode::IoFault, {}, errno, "read"};
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    OPENSSL_cleanse(text.data() + size, text.size() - size);
    text.resize(size);
    return found;
}

Result<KeyList> KeyList::read(const std::string& path, Slot slot) {
    const UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) return Error{ErrorCode::BadCsv, path, errno, "open"};
    auto text = WipedText::read(file.get());
    if (!text) return Error{ErrorCode::BadCsv, path + ": " + text.error().detail, text.error().native, text.error().where};
    return parse(std::move(*text), path, slot);
}

Result<KeyList> KeyList::parse(WipedText text, const std::string& source, Slot slot) {
    KeyList list;
    list.m_text = std::move(text);
    KeyColumn column{list.m_text.view(), slot};
    auto ids = readIdLines(list.m_text.view(), source,
                           {[&](std::size_t number, std::string_view line) { return column.filter(number, line); }, true});
    if (!ids) return ids.error();
    list.m_ids = std::move(*ids);
    list.m_keys = column.places();
    if (list.m_keys.size() != list.m_ids.size()) return Error{ErrorCode::Internal, "a list with more IDs than keys"};
    return list;
}

Result<KeyList> KeyList::single(std::string_view id, Secret base64) {
    auto parsed = DeviceId::parse(folded(id));
    if (!parsed) return parsed.error();
    if (const auto key = keyOf(base64.text()); !key) return key.error();
    KeyList list;
    list.m_ids.push_back({std::move(*parsed), "", {}});
    list.m_single = std::move(base64);
    return list;
}

Secret KeyList::key(std::size_t n) const {
    const std::string_view base64 = m_single ? m_single->text() : m_text.view().substr(m_keys[n].first, m_keys[n].second);
    auto key = Secret::fromBase64(base64);
    return key ? std::move(*key) : Secret{};  // it was looked at when it was read
}

}  // namespace keystamp::db
