// SPDX-License-Identifier: Apache-2.0
// What a cloud knows of devices, and how it is told of more: IoT Central's REST API (Devices, 2022-07-31) or the service API of DPS
// (IndividualEnrollment, 2021-10-01). One thread; each call blocks, at most for the given time.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/bytes.h"
#include "core/device_id.h"
#include "station/cloud/login.h"
#include "station/cloud/patience.h"
#include "station/cloud/push_target.h"

namespace keystamp::cloud {

struct Device {
    DeviceId id;
    std::string name;   ///< that people see there
    Bytes certificate;  ///< DER; empty: it has a symmetric key
};

enum class Standing {
    Absent,
    Loose,    ///< there, and nobody has associated it yet
    Right,    ///< there, as it should be
    Blocked,  ///< or disabled, or waiting for approval: whoever did that undoes it
    Other,    ///< there as another one: see `why`
};

struct Found {
    Standing standing = Standing::Absent;
    std::string why{};  ///< of Blocked and Other
};

class Directory {
public:
    virtual ~Directory() = default;
    /// As many devices as one create() takes.
    virtual std::size_t atOnce() const = 0;
    /// Whether such a device has an entry of its own there; others are opened by their group.
    virtual bool holds(const Device& device) const = 0;
    virtual Result<Found> look(const Device& device) = 0;
    /// Enabled. Of each, in their order, why not.
    virtual Result<std::vector<std::optional<Error>>> create(std::span<const Device> devices) = 0;
    /// One that is Loose: associated.
    virtual Result<void> approve(const Device& device) = 0;
};

/// How it is spoken to. What it is made of outlives the Directory.
struct PushWay {
    const Access& access;       ///< trust and proxy
    const Secret& token;        ///< what goes behind `Authorization:`
    const std::atomic<bool>& stop;
    const Waiting& waiting;
    std::chrono::seconds limit{300};  ///< of one request, with all waiting
};
std::unique_ptr<Directory> directoryOf(const PushTarget& target, const PushWay& way);

/// BadUsage for what is none that these services take: a shared access signature, or a bearer token; without the token.
Result<void> checkServiceToken(const Secret& token);

/// Errors of a Directory are CloudUnreachable, Timeout, Aborted, and CloudRefused (native: the status of HTTP, or DPS's errorCode).
/// Whether it is about this device alone, and the next one may go well.
bool isOfOneDevice(const Error& error);

}  // namespace keystamp::cloud
