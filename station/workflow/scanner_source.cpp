// SPDX-License-Identifier: Apache-2.0
#include "station/workflow/scanner_source.h"

#include <array>

#include "flashing/link/link.h"

namespace keystamp::workflow {
namespace {

constexpr std::string_view kKeyboard = "evdev:";

class SerialScanner : public ScannerSource {
public:
    SerialScanner(std::unique_ptr<flashing::Link> link, std::string end) : m_link(std::move(link)), m_lines(std::move(end)) {}

    Result<std::vector<Scanned>> read(Deadline deadline) override {
        std::array<std::uint8_t, 4096> block{};
        const auto got = m_link->read(block, deadline);
        if (got) {
            m_silence = Deadline::in(kScanSilence);
            return m_lines.take({reinterpret_cast<const char*>(block.data()), *got});
        }
        if (got.error().code != ErrorCode::Timeout) return got.error();
        std::vector<Scanned> scans;
        if (m_silence.passed()) {
            if (auto cut = m_lines.silence()) scans.emplace_back(*std::move(cut));
        }
        return scans;
    }

private:
    std::unique_ptr<flashing::Link> m_link;
    ScanLines m_lines;
    Deadline m_silence = Deadline::in(kScanSilence);
};

}  // namespace

Result<std::unique_ptr<ScannerSource>> openScanner(const ScannerConfig& scanner, Deadline deadline) {
    if (scanner.link.starts_with(kKeyboard)) return openKeyboard(scanner.link.substr(kKeyboard.size()));
    auto link = flashing::openLink(scanner.link, deadline);
    if (!link) return link.error();
    return std::unique_ptr<ScannerSource>{std::make_unique<SerialScanner>(*std::move(link), scanner.end)};
}

}  // namespace keystamp::workflow
