// SPDX-License-Identifier: Apache-2.0
// A serial port named by where it is plugged in, not by the number that the kernel gave it: /dev/ttyUSB0 is whichever came first.
// Source: libudev(3); names of USB devices in sysfs as in the kernel's Documentation/usb ("bus-port.port:configuration.interface").
#include <libudev.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include <cerrno>
#include <optional>
#include <vector>

#include "core/releaser.h"
#include "flashing/link/open.h"

namespace keystamp::flashing {
namespace {

using Udev = std::unique_ptr<udev, Releaser<udev_unref>>;
using Device = std::unique_ptr<udev_device, Releaser<udev_device_unref>>;
using Enumerate = std::unique_ptr<udev_enumerate, Releaser<udev_enumerate_unref>>;

std::string text(const char* given) { return given != nullptr ? given : ""; }

/// What changes when the device leaves and comes back, even where everything has its old name again.
struct Sight {
    std::string number;  ///< the device's on its bus, counted up by the kernel with each arrival
    dev_t place = 0;     ///< of the port's node in /dev
    ino_t node = 0;
    bool operator==(const Sight&) const = default;
};

struct UsbPort {
    std::string node;       ///< /dev/ttyUSB0
    std::string device;     ///< the USB device's own folder below /sys
    std::string name;       ///< its name, 1-2.3
    std::string interface;  ///< 1.0

    /// Nothing: it is not there.
    std::optional<Sight> look(udev* context) const {
        const Device now{udev_device_new_from_syspath(context, device.c_str())};
        struct stat status {};
        if (!now || ::stat(node.c_str(), &status) != 0) return {};
        return Sight{text(udev_device_get_sysattr_value(now.get(), "devnum")), status.st_dev, status.st_ino};
    }
};

std::vector<UsbPort> portsNow(udev* context) {
    std::vector<UsbPort> ports;
    const Enumerate all{udev_enumerate_new(context)};
    if (!all || udev_enumerate_add_match_subsystem(all.get(), "tty") < 0 || udev_enumerate_scan_devices(all.get()) < 0) return ports;
    for (udev_list_entry* at = udev_enumerate_get_list_entry(all.get()); at != nullptr; at = udev_list_entry_get_next(at)) {
        const Device tty{udev_device_new_from_syspath(context, udev_list_entry_get_name(at))};
        if (!tty || udev_device_get_devnode(tty.get()) == nullptr) continue;
        // both are the tty's and go with it
        udev_device* interface = udev_device_get_parent_with_subsystem_devtype(tty.get(), "usb", "usb_interface");
        udev_device* device = udev_device_get_parent_with_subsystem_devtype(tty.get(), "usb", "usb_device");
        if (interface == nullptr || device == nullptr) continue;
        const std::string full = text(udev_device_get_sysname(interface));
        ports.push_back({text(udev_device_get_devnode(tty.get())), text(udev_device_get_syspath(device)), text(udev_device_get_sysname(device)),
                         full.substr(full.find(':') + 1)});
    }
    return ports;
}

std::string namesOf(const std::vector<UsbPort>& ports) {
    std::string names;
    for (const UsbPort& each : ports) names += fmt::format("{}usb:{}:{} ({})", names.empty() ? "" : ", ", each.name, each.interface, each.node);
    return names;
}

Result<UsbPort> find(udev* context, const LinkAddress& address) {
    const auto ports = portsNow(context);
    std::vector<UsbPort> meant;
    for (const UsbPort& each : ports) {
        if (each.name == address.target && (address.port.empty() || each.interface == address.port)) meant.push_back(each);
    }
    if (meant.size() == 1) return meant.front();
    const std::string wanted = "usb:" + address.target + (address.port.empty() ? "" : ":" + address.port);
    if (!meant.empty()) {
        return Error{ErrorCode::LinkUnavailable, fmt::format("{} has {} serial ports, {}; name one", wanted, meant.size(), namesOf(meant))};
    }
    return Error{ErrorCode::LinkUnavailable,
                 fmt::format("no serial port is plugged in at {}; there {}", wanted, ports.empty() ? "is none on USB" : "is " + namesOf(ports))};
}

/// A serial port that is given up as soon as what is plugged in there is not what was opened.
class UsbLink : public Link {
public:
    UsbLink(Udev context, UsbPort port, Sight opened) : m_context(std::move(context)), m_port(std::move(port)), m_opened(std::move(opened)) {}

    Result<void> open(const LinkAddress& address, Deadline deadline) {
        auto opened = openSerial({LinkAddress::Kind::Serial, m_port.node, "", address.baud}, deadline);
        if (!opened) return opened.error();
        m_serial = *std::move(opened);
        return same();
    }

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline) override {
        auto got = m_serial->read(into, deadline);
        if (auto still = same(); !still) return still.error();
        return got;
    }
    Result<void> write(BytesView bytes, Deadline deadline) override {
        if (auto still = same(); !still) return still;
        return m_serial->write(bytes, deadline);
    }
    void discardInput() override { m_serial->discardInput(); }
    bool lost() const override { return m_serial->lost() || !same(); }

    std::string serialNumber() const override {
        const Device now{udev_device_new_from_syspath(m_context.get(), m_port.device.c_str())};
        return now ? text(udev_device_get_sysattr_value(now.get(), "serial")) : "";
    }
    bool hasLines() const override { return m_serial->hasLines(); }
    Result<void> setLines(bool dtr, bool rts) override {
        if (auto still = same(); !still) return still;
        return m_serial->setLines(dtr, rts);
    }
    Result<void> setBaud(int baud) override {
        if (auto still = same(); !still) return still;
        return m_serial->setBaud(baud);
    }
    Result<void> setParity(Parity parity) override {
        if (auto still = same(); !still) return still;
        return m_serial->setParity(parity);
    }

private:
    /// The kernel hangs up the port of a device that leaves; this does not rely on it, nor on a hang-up being noticed before the
    /// next board has the same name.
    Result<void> same() const {
        const auto now = m_port.look(m_context.get());
        if (now == m_opened) return {};
        return Error{ErrorCode::LinkLost, fmt::format("what was plugged in at usb:{} {}", m_port.name,
                                                      now ? "went away and came back; it may be another board" : "went away")};
    }

    Udev m_context;
    UsbPort m_port;
    Sight m_opened;
    std::unique_ptr<Link> m_serial;
};

}  // namespace

Result<std::unique_ptr<Link>> openUsb(const LinkAddress& address, Deadline deadline) {
    Udev context{udev_new()};
    if (!context) return Error{ErrorCode::LinkUnavailable, "udev", errno, "udev_new"};
    auto port = find(context.get(), address);
    if (!port) return port.error();
    auto seen = port->look(context.get());
    if (!seen) return Error{ErrorCode::LinkUnavailable, fmt::format("what is plugged in at usb:{} went away", address.target)};
    auto link = std::make_unique<UsbLink>(std::move(context), *std::move(port), *std::move(seen));
    if (auto opened = link->open(address, deadline); !opened) return opened.error();
    return std::unique_ptr<Link>{std::move(link)};
}

}  // namespace keystamp::flashing
