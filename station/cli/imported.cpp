// SPDX-License-Identifier: Apache-2.0
#include "station/cli/imported.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>

#include "station/cli/ask.h"

namespace keystamp::cli {
namespace {

constexpr std::size_t kLongestLine = 256;

// A byte at a time: what follows the line is for whoever reads next.
Result<std::string> readLine(int fd, const char* what) {
    std::string line;
    char byte = 0;
    for (;;) {
        const ssize_t got = ::read(fd, &byte, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 && line.empty()) return Error{ErrorCode::BadUsage, std::string{"standard input ended before the "} + what};
        if (got <= 0 || byte == '\n') break;
        if (line.size() == kLongestLine) return Error{ErrorCode::BadUsage, std::string{"no "} + what + " is so long"};
        line += byte;
    }
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())) != 0) line.pop_back();
    return line;
}

Result<std::string> askShown(const char* what) {
    if (::isatty(STDIN_FILENO) != 0) {
        std::fprintf(stderr, "%s: ", what);
        std::fflush(stderr);
    }
    return readLine(STDIN_FILENO, what);
}

// Whoever gives the three lines in another order must not have the key repeated to them.
bool mayBeAKey(std::string_view text) { return text.size() > 40 || text.find_first_of("=+/") != std::string_view::npos; }

Error notThis(const char* what) { return Error{ErrorCode::BadUsage, std::string{"that is no "} + what + "; give scope ID, device ID and primary key, in this order"}; }

}  // namespace

Result<db::KeyList> readExport(const std::string& file, Slot slot) {
    if (file != "-") return db::KeyList::read(file, slot);
    auto text = db::WipedText::read(STDIN_FILENO);
    if (!text) return Error{ErrorCode::BadCsv, "standard input: " + text.error().detail, text.error().native, text.error().where};
    return db::KeyList::parse(std::move(*text), "standard input", slot);
}

Result<db::KeyList> readConnectPage(std::string& scopeId) {
    if (scopeId.empty()) {
        auto scope = askShown("ID scope");
        if (!scope) return scope.error();
        if (mayBeAKey(*scope)) return notThis("ID scope");
        scopeId = std::move(*scope);
    }
    const auto id = askShown("Device ID");
    if (!id) return id.error();
    if (id->find_first_of("=+/") != std::string::npos) return notThis("device ID");
    auto key = readSecret(STDIN_FILENO, "Primary key: ");
    if (!key) return Error{ErrorCode::BadUsage, "standard input ended before the primary key"};
    std::size_t size = key->size();
    while (size > 0 && std::isspace(static_cast<unsigned char>(key->text()[size - 1])) != 0) --size;
    key->shrink(size);
    return db::KeyList::single(*id, std::move(*key));
}

std::string destroyIt(const std::string& file) {
    return file == "-" ? "The keys are sealed by the HSM now; destroy what you gave them from."
                       : fmt::format("The keys are sealed by the HSM now, and {} still holds them for anybody to read. Destroy it now: shred -u {}", file, file);
}

}  // namespace keystamp::cli
