// SPDX-License-Identifier: Apache-2.0
#include "tests/support/usb_bus.h"

#include <umockdev.h>

#include <filesystem>

namespace keystamp::test {
namespace {

std::string taken(gchar* text) {
    const std::unique_ptr<gchar, void (*)(gpointer)> owned{text, g_free};
    return text;
}

}  // namespace

UsbBus::UsbBus() : m_bed(umockdev_testbed_new()) {}

UsbBus::~UsbBus() { g_object_unref(m_bed); }

void UsbBus::plug(const std::string& place, const std::vector<std::string>& ports, const std::string& serialNumber) {
    const std::string number = std::to_string(++m_arrivals);
    const std::string device = taken(umockdev_testbed_add_device(m_bed, "usb", place.c_str(), nullptr, "devnum", number.c_str(), "serial",
                                                                 serialNumber.c_str(), nullptr, "DEVTYPE", "usb_device", nullptr));
    for (std::size_t n = 0; n < ports.size(); ++n) {
        const std::string name = place + ":1." + std::to_string(n);
        const std::string interface =
            taken(umockdev_testbed_add_device(m_bed, "usb", name.c_str(), device.c_str(), nullptr, "DEVTYPE", "usb_interface", nullptr));
        const std::string tty = "ttyUSB" + number + std::to_string(n);
        taken(umockdev_testbed_add_device(m_bed, "tty", tty.c_str(), interface.c_str(), nullptr, "DEVNAME", ports[n].c_str(), nullptr));
    }
    m_devices[place] = device;
}

void UsbBus::unplug(const std::string& place) {
    umockdev_testbed_remove_device(m_bed, m_devices.at(place).c_str());
    m_devices.erase(place);
    // it leaves the bus's own links behind, on which the next plug() would stumble
    std::error_code none;
    const std::filesystem::path links = taken(umockdev_testbed_get_sys_dir(m_bed)) + "/bus/usb/devices";
    for (const auto& each : std::filesystem::directory_iterator{links, none}) {
        const std::string name = each.path().filename();
        if (name == place || name.starts_with(place + ":")) std::filesystem::remove(each.path(), none);
    }
}

}  // namespace keystamp::test
