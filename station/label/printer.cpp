// SPDX-License-Identifier: Apache-2.0
#include "station/label/printer.h"

#include <array>

#include "station/label/device_link.h"
#include "station/label/host_status.h"

namespace keystamp::label {
namespace {

constexpr std::string_view kDevice = "usb:/";
constexpr std::string_view kNetwork = "tcp:";
constexpr std::size_t kLongestAnswer = 1024;

std::string withPort(const std::string& address) {
    const auto colon = address.rfind(':');
    return colon + 1 == kNetwork.size() ? address + ":9100" : address;
}

bool saysWhatIsWrong(ErrorCode code) {
    return code == ErrorCode::PrinterEmpty || code == ErrorCode::PrinterOpen || code == ErrorCode::PrinterPaused;
}

}  // namespace

Result<void> Printer::check(const std::string& address) {
    if (address.starts_with(kDevice)) return {};
    if (address.starts_with(kNetwork) && flashing::checkLinkAddress(withPort(address))) return {};
    return Error{ErrorCode::BadConfig, "must be \"tcp:host[:9100]\" or \"usb:/dev/usb/lp0\""};
}

Error Printer::about(const Error& error) const {
    Error out = error;
    // whatever a link says, here it is that the printer does not answer
    if (error.code == ErrorCode::LinkUnavailable || error.code == ErrorCode::LinkLost || error.code == ErrorCode::Timeout) out.code = ErrorCode::PrinterOff;
    // of a link that cannot be opened the detail begins with its address
    out.detail = error.detail.find(m_address.substr(kNetwork.size())) == 0 ? error.detail : m_address + (error.detail.empty() ? "" : ": " + error.detail);
    return out;
}

Result<std::unique_ptr<flashing::Link>> Printer::open() const {
    if (m_address.starts_with(kDevice)) return openDevice(m_address.substr(kDevice.size() - 1));
    return flashing::openLink(withPort(m_address), Deadline::in(m_limits.open));
}

Result<bool> Printer::status(flashing::Link& link, std::chrono::milliseconds limit) {
    const Deadline deadline = Deadline::in(limit);
    link.discardInput();
    if (auto asked = link.write(asBytes("~HS\r\n"), deadline); !asked) return asked.error();
    std::string answer;
    while (!isWholeStatus(answer) && answer.size() < kLongestAnswer) {
        std::array<std::uint8_t, 256> some{};
        const auto got = link.read(some, deadline);
        if (!got && got.error().code == ErrorCode::Timeout && answer.empty() && !m_answers) return false;
        if (!got && got.error().code == ErrorCode::Timeout) return Error{ErrorCode::PrinterOff, "it does not say any more how it is (~HS)"};
        if (!got) return got.error();
        answer.append(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(*got));
    }
    m_answers = true;
    if (auto good = judgeStatus(answer); !good) return good.error();
    return true;
}

Result<std::string> Printer::ask() {
    auto link = open();
    if (!link) return about(link.error());
    const auto answered = status(**link, m_limits.answer);
    if (!answered) return about(answered.error());
    return m_address + (*answered ? ": ready" : ": open; it does not say how it is (~HS)");
}

Printer::Sent Printer::send(const std::string& zpl) {
    auto link = open();
    if (!link) return {about(link.error())};
    if (const auto before = status(**link, m_limits.answer); !before) return {about(before.error())};
    if (auto written = (*link)->write(asBytes(zpl), Deadline::in(m_limits.print)); !written) return {about(written.error()), true};
    if (!m_answers) return {Result<void>{}};
    const auto after = status(**link, m_limits.print);
    // an answer proves that it has read the label; where it ran out of labels meanwhile, it prints this one when it has new ones
    if (after || saysWhatIsWrong(after.error().code)) return {Result<void>{}};
    return {about(after.error()), true};
}

}  // namespace keystamp::label
