// SPDX-License-Identifier: Apache-2.0
// The two spellings of a cloud's list. Private to this room.
#pragma once

#include <span>
#include <unordered_map>

#include "db/cloud_list.h"
#include "db/line_errors.h"

namespace keystamp::db {

/// What is read of a list, each device once.
class CloudLines {
public:
    /// Without one it is told why not.
    void add(CloudDevice device);
    /// Of one that nothing is said of: it stands there once at most.
    bool isNew(const CloudDevice& device);
    void wrong(std::size_t line, const std::string& why) { m_errors.add(line, why); }
    Result<CloudList> finish(CloudList list);

private:
    std::vector<CloudDevice> m_devices;
    std::unordered_map<std::string, std::size_t> m_lines;
    LineErrors m_errors;
};

/// What is none of the files; `what` it seems to be.
Error noCloudList(const std::string& source, const std::string& what);

Result<CloudList> readCloudCsv(std::string_view text, CloudList list);
/// Blanks keys in `text` first.
Result<CloudList> readCloudJson(std::span<char> text, CloudList list);

}  // namespace keystamp::db
