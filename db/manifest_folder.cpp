// SPDX-License-Identifier: Apache-2.0
#include "db/manifest_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/file.h"
#include "db/file_stream.h"
#include "db/manifest_rows.h"

namespace keystamp::db::manifest {
namespace {

namespace fs = std::filesystem;

Error fault(const std::string& path, const char* where, int number) { return Error{ErrorCode::IoFault, path, number, where}; }

bool belongsToManifest(const std::string& file) {
    const auto files = filesOf(Mode::X509);
    return file == kJson || file == kSignature || std::find(files.begin(), files.end(), file) != files.end();
}

Result<void> mayBeReplaced(const std::string& place) {
    std::error_code problem;
    const auto status = fs::symlink_status(place, problem);
    if (status.type() == fs::file_type::not_found) return {};
    if (status.type() != fs::file_type::directory) return Error{ErrorCode::BadUsage, place + " is there and is no folder"};
    bool empty = true;
    for (const auto& entry : fs::directory_iterator{place, problem}) {
        empty = false;
        if (!belongsToManifest(entry.path().filename())) {
            return Error{ErrorCode::BadUsage, place + " holds something else than a manifest: " + entry.path().filename().string()};
        }
    }
    if (problem) return fault(place, "readdir", problem.value());
    if (empty) return {};
    const auto json = readFile(place + "/" + kJson, 1u << 20);
    const auto parsed = json ? nlohmann::json::parse(*json, nullptr, false) : nlohmann::json{};
    if (parsed.is_object() && parsed.value("format", nlohmann::json{}) == 1) return {};
    return Error{ErrorCode::BadUsage, place + " holds files that are no manifest"};
}

Result<std::string> placeFor(const std::string& given) {
    fs::path path = fs::path{given}.lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // a slash at the end
    if (!path.has_filename() || path.filename() == "." || path.filename() == "..") {
        return Error{ErrorCode::BadUsage, "\"" + given + "\" does not name a folder"};
    }
    return path.string();
}

}  // namespace

Result<NewFolder> NewFolder::beside(const std::string& given) {
    auto place = placeFor(given);
    if (!place) return place.error();
    if (auto free = mayBeReplaced(*place); !free) return free.error();
    return make(*place);
}

Result<NewFolder> NewFolder::onFreeGround(const std::string& given) {
    auto place = placeFor(given);
    if (!place) return place.error();
    std::error_code problem;
    if (fs::exists(fs::symlink_status(*place, problem)) && !(fs::is_directory(*place, problem) && fs::is_empty(*place, problem))) {
        return Error{ErrorCode::BadUsage, *place + " is there and no empty folder; name a new one"};
    }
    return make(*place);
}

Result<NewFolder> NewFolder::make(const std::string& place) {
    const fs::path path{place};
    const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path{"."};
    if (auto made = makeFolder(parent); !made) return made.error();
    std::string pattern = parent / ("." + path.filename().string() + "-XXXXXX");
    if (::mkdtemp(pattern.data()) == nullptr) return fault(pattern, "mkdtemp", errno);
    NewFolder folder{pattern, path};
    if (::chmod(pattern.c_str(), 0755) != 0) return fault(pattern, "chmod", errno);
    return folder;
}

NewFolder::NewFolder(NewFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})), m_place(std::move(other.m_place)) {}

NewFolder::~NewFolder() {
    std::error_code ignored;
    if (!m_path.empty()) fs::remove_all(m_path, ignored);
}

Result<void> NewFolder::putIntoPlace() {
    if (auto synced = syncFolder(m_path); !synced) return synced;
    // Both at once where the file system can: there is always a whole manifest under the name.
    if (::renameat2(AT_FDCWD, m_path.c_str(), AT_FDCWD, m_place.c_str(), RENAME_EXCHANGE) == 0) {
        return syncFolder(fs::path{m_place}.parent_path());  // what was there goes with this object
    }
    if (errno != ENOENT) {  // vfat, as on a memory stick, cannot exchange
        const std::string old = m_path + ".old";
        if (::rename(m_place.c_str(), old.c_str()) != 0 && errno != ENOENT) return fault(m_place, "rename", errno);
        if (::rename(m_path.c_str(), m_place.c_str()) != 0) {
            const int number = errno;
            static_cast<void>(::rename(old.c_str(), m_place.c_str()));
            return fault(m_place, "rename", number);
        }
        m_path = old;
    } else {
        if (::rename(m_path.c_str(), m_place.c_str()) != 0) return fault(m_place, "rename", errno);
        m_path.clear();
    }
    return syncFolder(fs::path{m_place}.parent_path());
}

}  // namespace keystamp::db::manifest
