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

    /// The board's partition table; one that is the last board's is not read again. BadConfig where there is none.
    Result<std::vector<Partition>> table(std::uint32_t at, Deadline deadline);

    /// The ROM's MD5 of it all: what tells one content from another.
    Result<Md5> sum(const Partition& partition, Deadline deadline);

    struct Reading {
        Secret image;         ///< from the partition's start; what comes after it is erased
        bool beyond = false;  ///< more lies behind the pages that an identity takes, and was not read
        bool same = false;    ///< its MD5 is the chip's; else more lies there, as after a write that was cut short
    };
    /// What an NVS partition with this MD5 holds: the used part of each page.
    Result<Reading> readNvs(const Partition& partition, Md5 held, Deadline deadline);
    /// What an esp_secure_cert partition with this MD5 holds, entry by entry.
    Result<Reading> readSecureCert(const Partition& partition, Md5 held, Deadline deadline);

    /// Erases the partition and writes the image from its start. BoardRefused where the flash then holds something else.
    Result<void> write(const Partition& partition, const Secret& image, Deadline deadline);
    Result<void> erase(const Partition& partition, Deadline deadline);

private:
    Result<bool> holds(std::uint32_t offset, const Md5& wanted, std::size_t size, int tries, Deadline deadline);
    Result<void> writeOnce(const Partition& partition, const Secret& image, Deadline deadline);
    Result<Reading> usedPages(const Partition& partition, Deadline deadline);
    Result<Reading> entries(const Partition& partition, Deadline deadline);
    Result<Reading> settled(const Partition& partition, Md5 held, const std::function<Result<Reading>()>& once, Deadline deadline);

    RomLoader& m_loader;
    const Chip& m_chip;
    Bytes m_table;  ///< that was read last
};

/// Of a partition with this image, and erased flash behind it.
Md5 sumOf(BytesView image, const Partition& partition);

}  // namespace keystamp::flashing::esp32
