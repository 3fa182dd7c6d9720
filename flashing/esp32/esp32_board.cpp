// SPDX-License-Identifier: Apache-2.0
#include "flashing/esp32/esp32_board.h"

#include <fmt/format.h>

#include <utility>

#include "flashing/esp32/flash.h"
#include "flashing/esp32/identity.h"
#include "flashing/esp32/places.h"
#include "flashing/same_chip.h"

namespace keystamp::flashing::esp32 {
namespace {

constexpr int kRomBaud = 115200;

class Esp32Board : public Board {
public:
    Esp32Board(const Chip& chip, Layout layout, std::unique_ptr<Link> link)
        : m_wanted(chip), m_layout(std::move(layout)), m_link(std::move(link)), m_loader(*m_link) {}

    bool lost() const override { return m_link->lost(); }

    Result<BoardInfo> info(Deadline deadline) override {
        m_uid.clear();
        auto info = look(deadline);
        // Reading takes long, and another board, put on meanwhile, says no where this one would not.
        const bool refused = !info && info.error().code == ErrorCode::BoardRefused;
        if (m_uid.empty() || !(info || refused)) return info;
        if (auto same = sameChip(ErrorCode::BoardNonsense, deadline); !same) return same.error();
        return info;
    }

    Result<BoardInfo> look(Deadline deadline) {
        if (auto slow = atRomBaud(); !slow) return slow.error();
        if (auto entered = m_loader.enter(deadline); !entered) return entered.error();
        BoardInfo info;
        if (auto read = readChip(info, deadline); !read) return read.error();
        const auto table = m_flash.table(m_layout.table, deadline);
        if (!table) return table.error();
        auto places = placesOf(m_layout, *table);
        if (!places) return places.error();
        m_places = *std::move(places);
        if (auto read = readIdentityOf(info, deadline); !read) return read.error();
        return info;
    }

    Result<void> begin(Mode, const DeviceId&, const std::string&, Deadline deadline) override {
        if (!m_places) {
            if (auto read = info(deadline); !read) return read.error();
        }
        return m_foreign.empty() ? Result<void>{} : Error{ErrorCode::BoardRefused, m_foreign};
    }

    Result<Bytes> makeKey(Deadline) override {
        return Error{ErrorCode::BoardRefused, "the ROM loader makes no keys"};
    }

    Result<void> write(const Credential& credential, Deadline deadline) override {
        if (auto begun = begin(credential.kind, credential.id, credential.scopeId, deadline); !begun) return begun;
        const auto images = imagesOf(credential);
        if (!images) return images.error();
        // Nothing locks this flash: a finished board that was put on since would lose its identity.
        if (auto same = sameChip(ErrorCode::WrongUid, deadline); !same) return same;
        // The old credential goes first, so that it is never found beside another device's name; the new one comes last.
        if (m_layout.inSecureCert && !std::exchange(m_secureCertIsBlank, false)) {
            if (auto erased = m_flash.erase(*m_places->secureCert, deadline); !erased) return erased;
        }
        if (auto written = m_flash.write(m_places->nvs, images->nvs, deadline); !written) return written;
        return images->secureCert ? m_flash.write(*m_places->secureCert, *images->secureCert, deadline) : Result<void>{};
    }

    Result<Bytes> prove(BytesView, Deadline) override {
        return Error{ErrorCode::BoardRefused, "the ROM loader proves nothing"};
    }

    /// Fuses are never blown here: the product starts, and stays as open as it was.
    Result<void> lock(Deadline deadline) override {
        if (auto slow = atRomBaud(); !slow) return slow;
        return m_loader.runApplication(deadline);
    }

    Result<void> erase(Deadline deadline) override {
        if (!m_places) {
            if (auto read = info(deadline); !read) return read.error();
        }
        if (!m_foreign.empty()) return Error{ErrorCode::BoardRefused, m_foreign};
        if (auto same = sameChip(ErrorCode::WrongUid, deadline); !same) return same;
        if (m_layout.inSecureCert) {
            if (auto erased = m_flash.erase(*m_places->secureCert, deadline); !erased) return erased;
        }
        return m_flash.erase(m_places->nvs, deadline);
    }

private:
    /// What a chip that starts speaks.
    Result<void> atRomBaud() {
        if (m_baud == kRomBaud) return {};
        auto set = m_link->setBaud(kRomBaud);
        if (set) m_baud = kRomBaud;
        return set;
    }

    Result<void> readChip(BoardInfo& info, Deadline deadline) {
        const auto usual = [&](const RomLoader::Identity& said) { return said.chip == &m_wanted && !said.security.secureDownload && !said.security.encrypted; };
        auto said = m_loader.identify(deadline);
        if (said && !usual(*said)) said = m_loader.identify(deadline);  // once is hearsay
        if (!said) return said.error();
        const auto& [chip, security] = *said;
        if (chip != &m_wanted) return Error{ErrorCode::BadConfig, fmt::format("this is an {}; the fixture's driver is {}", chip->name, m_wanted.driver)};
        if (security.secureDownload) {
            return Error{ErrorCode::BoardRefused, "it is in secure download mode, in which it says neither its MAC nor what it holds; "
                                                  "give boards their identity before that mode is switched on"};
        }
        auto mac = readMac(deadline);
        if (!mac) return mac.error();
        const auto again = readMac(deadline);
        if (!again) return again.error();
        if (*again != *mac) return Error{ErrorCode::BoardNonsense, "it says one MAC and then another"};
        if (m_layout.inSecureCert && security.encrypted) {
            return Error{ErrorCode::BoardRefused, "flash encryption is on, and its firmware would decrypt what is written to esp_secure_cert in plain text; "
                                                  "give boards their identity before it is switched on"};
        }
        info.uid = *std::move(mac);
        m_uid = info.uid;
        info.family = m_wanted.name;
        info.firmware = fmt::format("ROM; flash readable; secure boot {}; flash encryption {}", security.secureBoot ? "on" : "off",
                                    security.encrypted ? "on" : "off");
        info.locks = false;
        return changeBaud(deadline);
    }

    Result<Bytes> readMac(Deadline deadline) {
        const auto low = m_loader.readRegister(m_wanted.mac, deadline);
        if (!low) return low.error();
        const auto high = m_loader.readRegister(m_wanted.mac + 4, deadline);
        if (!high) return high.error();
        Bytes mac;
        for (const std::uint32_t shift : {8U, 0U}) mac.push_back(static_cast<std::uint8_t>(*high >> shift));
        for (const std::uint32_t shift : {24U, 16U, 8U, 0U}) mac.push_back(static_cast<std::uint8_t>(*low >> shift));
        return mac;
    }

    /// As `otherwise` where another one than was read lies there now.
    Result<void> sameChip(ErrorCode otherwise, Deadline deadline) {
        return flashing::sameChip(m_uid, otherwise, [&] { return readMac(deadline); });
    }

    Result<void> changeBaud(Deadline deadline) {
        if (m_layout.baud != 0 && m_layout.baud != m_baud && m_link->hasLines()) {
            if (auto changed = m_loader.changeBaud(m_layout.baud, deadline); !changed) return changed;
            m_baud = m_layout.baud;
        }
        return m_loader.attachFlash(deadline);
    }

    struct Images {
        Secret nvs;
        std::optional<Secret> secureCert;
    };
    /// What is written of the credential; and from now on it is known by its MD5s what is stored where they are found.
    Result<Images> imagesOf(const Credential& credential) {
        auto nvs = nvsImageOf(m_layout, credential, m_places->nvs.size);
        if (!nvs) return nvs.error();
        Images images{*std::move(nvs), std::nullopt};
        Stored stored{readNvs(m_layout.nameSpace, images.nvs.view()), {}};
        if (m_layout.inSecureCert && credential.kind == Mode::X509) {
            auto secureCert = secureCertImageOf(credential, m_places->secureCert->size);
            if (!secureCert) return secureCert.error();
            stored.secureCert = readSecureCert(secureCert->view());
            images.secureCert = *std::move(secureCert);
        }
        Known known{sumOf(images.nvs.view(), m_places->nvs), {}, {}};
        if (m_layout.inSecureCert) known.secureCert = sumOf(images.secureCert ? images.secureCert->view() : BytesView{}, *m_places->secureCert);
        readIdentity(m_layout, stored, known.identity);
        if (known.identity.credential != credentialDigest(credential)) return Error{ErrorCode::Internal, "what would be written is not the credential"};
        m_known = std::move(known);
        return images;
    }

    /// The whole of it, every CRC, and whether the private key is the leaf's; or, where the ROM's MD5s are those of what was
    /// looked at so before it was written, that.
    Result<void> readIdentityOf(BoardInfo& info, Deadline deadline) {
        const auto nvs = m_flash.sum(m_places->nvs, deadline);
        if (!nvs) return nvs.error();
        std::optional<Md5> secureCert;
        if (m_layout.inSecureCert) {
            const auto sum = m_flash.sum(*m_places->secureCert, deadline);
            if (!sum) return sum.error();
            secureCert = *sum;
        }
        m_foreign = {};
        m_secureCertIsBlank = false;
        if (m_known && m_known->nvs == *nvs && m_known->secureCert == secureCert) {
            info.credential = m_known->identity.credential;
            info.deviceId = m_known->identity.deviceId;
            info.scopeId = m_known->identity.scopeId;
            m_secureCertIsBlank = m_layout.inSecureCert && secureCert == sumOf({}, *m_places->secureCert);
            return {};
        }
        const auto stored = readStored(*nvs, secureCert, deadline);
        if (!stored) return stored.error();
        readIdentity(m_layout, *stored, info);
        m_secureCertIsBlank = m_layout.inSecureCert && stored->secureCert.blank;
        info.readsBack = true;
        if (stored->nvs.foreign) m_foreign = "partition '" + m_layout.partition + "' holds other settings than an identity; give the identity a partition of its own";
        if (isForeign(m_layout, *stored)) m_foreign = "partition 'esp_secure_cert' holds what this station did not write; erase it if it may go";
        return {};
    }

    Result<Stored> readStored(const Md5& nvs, const std::optional<Md5>& secureCert, Deadline deadline) {
        const auto strings = m_flash.readNvs(m_places->nvs, nvs, deadline);
        if (!strings) return strings.error();
        Stored stored{readNvs(m_layout.nameSpace, strings->image.view()), {}};
        stored.nvs.foreign = stored.nvs.foreign || strings->beyond;
        stored.nvs.broken = stored.nvs.broken || !strings->same;
        if (!secureCert) return stored;
        const auto entries = m_flash.readSecureCert(*m_places->secureCert, *secureCert, deadline);
        if (!entries) return entries.error();
        stored.secureCert = readSecureCert(entries->image.view());
        stored.secureCert.blank = stored.secureCert.blank && entries->same;
        stored.secureCert.foreign = stored.secureCert.foreign || entries->beyond;
        stored.secureCert.broken = stored.secureCert.broken || !entries->same;
        return stored;
    }

    struct Known {
        Md5 nvs;
        std::optional<Md5> secureCert;
        BoardInfo identity;
    };

    const Chip& m_wanted;
    const Layout m_layout;
    std::unique_ptr<Link> m_link;
    RomLoader m_loader;
    Flash m_flash{m_loader, m_wanted};
    std::optional<Places> m_places;  ///< once the board's own table said where
    std::optional<Known> m_known;    ///< what was written last
    bool m_secureCertIsBlank = false;
    Bytes m_uid;            ///< of the chip that was read last
    std::string m_foreign;  ///< why the board may not be written to
    int m_baud = kRomBaud;
};

}  // namespace

Result<void> checkEsp32Options(const std::string&, const DriverOptions& options) {
    if (auto layout = Layout::of(options); !layout) return layout.error();
    return {};
}

Result<std::unique_ptr<Board>> openEsp32Board(const std::string& driver, std::unique_ptr<Link> link, const DriverOptions& options) {
    const Chip* chip = chipOfDriver(driver);
    auto layout = Layout::of(options);
    if (!layout) return layout.error();
    if (chip == nullptr) return Error{ErrorCode::BadConfig, driver};
    return std::unique_ptr<Board>{std::make_unique<Esp32Board>(*chip, *std::move(layout), std::move(link))};
}

}  // namespace keystamp::flashing::esp32
