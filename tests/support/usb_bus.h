// SPDX-License-Identifier: Apache-2.0
// A USB bus that a test plugs serial ports into, for libudev in this process: umockdev's sysfs. The process runs with
// libumockdev-preload.so.0 preloaded, and with pty_as_serial before it, for the ports are pseudo-terminals.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

struct _UMockdevTestbed;

namespace keystamp::test {

/// One thread at a time.
class UsbBus {
public:
    UsbBus();
    ~UsbBus();
    UsbBus(const UsbBus&) = delete;
    UsbBus& operator=(const UsbBus&) = delete;

    /// A device at `place` ("1-2.3") with these serial ports ("/dev/pts/4"), each an interface: 1.0, 1.1 ...
    void plug(const std::string& place, const std::vector<std::string>& ports, const std::string& serialNumber = "");
    void unplug(const std::string& place);
    /// Out and in again, under the same names.
    void replug(const std::string& place, const std::vector<std::string>& ports) {
        unplug(place);
        plug(place, ports);
    }

private:
    _UMockdevTestbed* m_bed;
    std::map<std::string, std::string> m_devices;  ///< place to its folder in sysfs
    int m_arrivals = 0;
};

}  // namespace keystamp::test
