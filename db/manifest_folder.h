// SPDX-License-Identifier: Apache-2.0
// Private to this room.
#pragma once

#include <string>

#include "core/result.h"

namespace keystamp::db::manifest {

/// A folder that is filled beside its place and put there as a whole, or leaves nothing behind.
class NewFolder {
public:
    /// BadUsage where `place` holds anything but an older manifest.
    static Result<NewFolder> beside(const std::string& place);
    /// BadUsage where `place` holds anything.
    static Result<NewFolder> onFreeGround(const std::string& place);
    NewFolder(NewFolder&& other) noexcept;
    NewFolder& operator=(NewFolder&&) = delete;
    ~NewFolder();

    std::string file(const std::string& name) const { return m_path + "/" + name; }
    /// On disk, under its name, instead of what was there.
    Result<void> putIntoPlace();

private:
    static Result<NewFolder> make(const std::string& place);
    NewFolder(std::string path, std::string place) : m_path(std::move(path)), m_place(std::move(place)) {}
    std::string m_path;  // empty once it is in its place
    std::string m_place;
};

}  // namespace keystamp::db::manifest
