// SPDX-License-Identifier: Apache-2.0
// Private to esp32: the chip's flash by partitions, through the ROM loader. Whatever is read or written is held against the
// ROM's own MD5, for nothing else on that link has a checksum. One thread at a time.
#pragma once

#include <functional>

#include "flashing/esp32/loader.h"
#include "flashing/esp32/partitions.h"

namespace keystamp::flashing::esp32 {

class Flash {
public:
    Flash(RomLoader& loader, const Chip& chip) : m_loader(loader), m_chip(chip) {}

    /// The board's partition table. BadConfig where there is none.
    Result<std::vector<Partition>> table(std::uint32_t at, Deadline deadline);

    struct Reading {
        Secret image;         ///< from the partition's start; what comes after it is erased
        bool beyond = false;  ///< more lies behind the pages that an identity takes, and was not read
        bool same = false;    ///< the chip's own MD5 agrees; else more lies there, as after a write that was cut short
        Md5 md5{};            ///< of the image, and erased flash behind it
    };
    /// What an NVS partition holds: the used part of each page.
    Result<Reading> readNvs(const Partition& partition, Deadline deadline);
    /// What an esp_secure_cert partition holds, entry by entry.
    Result<Reading> readSecureCert(const Partition& partition, Deadline deadline);

    /// Erases the partition and writes the image from its start. BoardRefused where the flash then holds something else.
    Result<void> write(const Partition& partition, const Secret& image, Deadline deadline);
    Result<void> erase(const Partition& partition, Deadline deadline);

private:
    Result<bool> holds(std::uint32_t offset, const Md5& wanted, std::size_t size, Deadline deadline);
    Result<void> writeOnce(const Partition& partition, const Secret& image, Deadline deadline);
    Result<Reading> usedPages(const Partition& partition, Deadline deadline);
    Result<Reading> entries(const Partition& partition, Deadline deadline);
    Result<Reading> settled(const Partition& partition, const std::function<Result<Reading>()>& once, Deadline deadline);

    RomLoader& m_loader;
    const Chip& m_chip;
};

}  // namespace keystamp::flashing::esp32
