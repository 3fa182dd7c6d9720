// SPDX-License-Identifier: Apache-2.0
#include "db/cloud_list.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cctype>

#include "core/file.h"
#include "db/cloud_list_parts.h"
#include "db/key_list.h"

namespace keystamp::db {
namespace {

constexpr std::size_t kLongestId = 128;  // of a registration ID; the station's own are shorter

bool isCloudId(const std::string& id) {
    const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '.' || c == '_' || c == ':'; };
    return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), fits);
}

}  // namespace

std::string_view name(CloudFile file) {
    switch (file) {
        case CloudFile::Export: return "iotc-export";
        case CloudFile::ImportLog: return "iotc-import-log";
        case CloudFile::Devices: return "iotc-devices";
        case CloudFile::Enrolments: return "dps-enrolments";
        case CloudFile::Registrations: return "dps-registrations";
    }
    return "";
}

bool CloudLines::isNew(const CloudDevice& device) {
    if (!isCloudId(device.id)) {
        // a damaged line may have anything where an ID should be: it is not repeated
        wrong(device.line, "the device ID is none: 1 to 128 letters, digits and - . _ :");
        return false;
    }
    const auto [before, first] = m_lines.try_emplace(device.id, device.line);
    if (!first) wrong(device.line, fmt::format("{} stands on line {} already", device.id, before->second));
    return first;
}

void CloudLines::add(CloudDevice device) {
    if (isNew(device)) m_devices.push_back(std::move(device));
}

Result<CloudList> CloudLines::finish(CloudList list) {
    if (m_errors.none() && m_devices.empty()) m_errors.add(1, "there are no devices in it");
    if (!m_errors.none()) return m_errors.of(list.source);
    list.devices = std::move(m_devices);
    return list;
}

Error noCloudList(const std::string& source, const std::string& what) {
    return {ErrorCode::BadCsv, source + ": " + what + "; what is read here is IoT Central's export of devices, its log of an import, its REST API's list of "
                                                      "devices, DPS's lists of individual enrolments and of registration states, and one JSON entry of these"};
}

Result<CloudList> readCloudList(const std::string& path) {
    const UniqueFd file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file) return Error{ErrorCode::BadCsv, path, errno, "open"};
    auto text = WipedText::read(file.get());
    if (!text) return Error{ErrorCode::BadCsv, path + ": " + text.error().detail, text.error().native, text.error().where};
    CloudList list{path, CloudFile::Export, sha256(text->view())};
    std::string_view rest = text->view();
    if (rest.starts_with("\xff\xfe") || rest.starts_with("\xfe\xff")) return Error{ErrorCode::BadCsv, path + ": UTF-16; save it as UTF-8"};
    if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
    const auto first = rest.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return noCloudList(path, "it is empty");
    if (rest[first] == '{' || rest[first] == '[') return readCloudJson(text->bytes().last(rest.size()), std::move(list));
    return readCloudCsv(rest, std::move(list));
}

}  // namespace keystamp::db
