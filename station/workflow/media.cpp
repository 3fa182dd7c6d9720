// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/media.h"

#include <fcntl.h>
#include <libmount.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <memory>

#include "core/file.h"
#include "core/releaser.h"

namespace keystamp::workflow {
namespace {

namespace fs = std::filesystem;

/// Whether the device with this number is one that people pull out. Nothing is there for file systems without a device.
bool isPulledOut(const std::string& root, dev_t number) {
    std::error_code problem;
    const fs::path device = fs::canonical(root + fmt::format("/sys/dev/block/{}:{}", major(number), minor(number)), problem);
    if (problem) return false;
    if (device.string().find("/usb") != std::string::npos) return true;
    for (const fs::path& disk : {device, device.parent_path()}) {  // a partition's disk is the folder around it
        const auto said = readFile(disk / "removable", 16);
        if (said && said->starts_with("1")) return true;
    }
    return false;
}

}  // namespace

std::string Medium::name() const { return fs::path{folder}.filename(); }

std::vector<Medium> removableMedia(const std::string& root) {
    const std::unique_ptr<libmnt_table, Releaser<mnt_unref_table>> table{mnt_new_table_from_file((root + "/proc/self/mountinfo").c_str())};
    const std::unique_ptr<libmnt_iter, Releaser<mnt_free_iter>> next{mnt_new_iter(MNT_ITER_FORWARD)};
    std::vector<Medium> media;
    libmnt_fs* mounted = nullptr;
    while (table && next && mnt_table_next_fs(table.get(), next.get(), &mounted) == 0) {
        const char* folder = mnt_fs_get_target(mounted);
        if (folder == nullptr || !isPulledOut(root, mnt_fs_get_devno(mounted))) continue;
        struct statvfs state{};
        if (::statvfs(folder, &state) != 0 || (state.f_flag & ST_RDONLY) != 0 || ::access(folder, W_OK) != 0) continue;
        media.push_back({folder, static_cast<std::uint64_t>(state.f_bavail) * state.f_frsize});
    }
    std::sort(media.begin(), media.end(), [](const Medium& a, const Medium& b) { return a.folder < b.folder; });
    return media;
}

std::vector<std::string> listsOn(const Medium& medium) {
    std::vector<std::string> lists;
    std::error_code problem;
    for (fs::directory_iterator next{medium.folder, problem}, end; !problem && next != end; next.increment(problem)) {
        std::string ending = next->path().extension();
        std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        std::error_code ignored;
        if (ending == ".csv" && next->is_regular_file(ignored)) lists.push_back(next->path());
    }
    std::sort(lists.begin(), lists.end());
    return lists;
}

Result<void> flush(const std::string& folder) {
    const UniqueFd fd{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!fd || ::syncfs(fd.get()) != 0) return Error{ErrorCode::IoFault, folder, errno, "syncfs"};
    return {};
}

}  // namespace keystamp::workflow
