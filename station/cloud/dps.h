// SPDX-License-Identifier: Apache-2.0
// Registers with the Device Provisioning Service as a device does: asks to be registered, then how that stands until it is
// decided ("Azure IoT Hub Device Provisioning Service device API", 2019-03-31). Any thread; it blocks until its deadline or `stop`.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "core/device_id.h"
#include "station/cloud/login.h"
#include "station/cloud/patience.h"

namespace keystamp::cloud {

enum class Answer {
    Assigned,    ///< it may connect to `hub`
    Unassigned,  ///< known, but nobody has associated and approved it yet
    Disabled,    ///< blocked, or its enrolment group is disabled
    Failed,      ///< the service could not assign it; `code` and `message` say why
};
std::string_view name(Answer answer);

struct Registration {
    Answer answer = Answer::Failed;
    std::string hub{};       ///< host name of the IoT Hub
    std::string deviceId{};  ///< as the hub knows it
    std::string substatus{};
    long code = 0;           ///< the service's errorCode
    std::string message{};   ///< its own words
    unsigned asked = 0;      ///< requests that it took
};

/// The endpoint's MQTT is on Access::mqttPort. Follows Retry-After; waits and asks again where there were too many requests, or the service is busy. BadUsage; CloudRefused
/// (native: the service's errorCode) where the service does not know the device or its credential, or is busy to the end, and says so in its own words;
/// CloudUnreachable (native: the HTTP status) where somebody else answers in its place, as a proxy or a network's login page does; Timeout; Aborted.
Result<Registration> registerDevice(const Access& access, const std::string& scopeId, const DeviceId& id, const DeviceLogin& login, Over over,
                                    Deadline deadline, const std::atomic<bool>& stop, const Waiting& waiting = {});
class Transport;
/// By a transport to `endpoint`.
Result<Registration> registerBy(Transport& transport, const std::string& endpoint, Deadline deadline, const std::atomic<bool>& stop, const Waiting& waiting = {});

/// Of a CloudRefused: the service has no time, and its word about this device is yet to come.
bool isBusy(const Error& refusal);

/// What an answer means for whoever must do something about it, in words; empty where nothing is to be done.
std::string nextStepOf(const Registration& registration);

}  // namespace keystamp::cloud
