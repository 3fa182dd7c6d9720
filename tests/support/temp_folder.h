// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace keystamp::test {

/// A folder of one's own that goes with the object.
class TempFolder {
public:
    /// Memory: where no fsync takes time, for tests that are not about the disk.
    enum class On { Disk, Memory };

    explicit TempFolder(On on = On::Disk) {
        const bool memory = on == On::Memory && ::access("/dev/shm", W_OK) == 0;
        std::string pattern = (memory ? "/dev/shm" : std::filesystem::temp_directory_path().string()) + "/keystamp-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr) {
            std::perror("mkdtemp");
            std::abort();
        }
        m_path = pattern;
    }
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    ~TempFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    const std::string& path() const { return m_path; }
    std::string operator/(const std::string& name) const { return m_path + "/" + name; }

private:
    std::string m_path;
};

}  // namespace keystamp::test
