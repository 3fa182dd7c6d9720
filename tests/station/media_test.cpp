// SPDX-License-Identifier: Apache-2.0
// On a /proc and /sys of the test's own: no memory stick can be put into every machine.
#include "station/workflow/media.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temp_folder.h"

namespace keystamp::workflow {
namespace {

namespace fs = std::filesystem;

class Media : public testing::Test {
protected:
    Media() { fs::create_directories(m_folder.path() + "/proc/self"); }

    /// A disk of the machine, with one partition that is mounted at a folder of the test's.
    std::string mounted(const std::string& disk, const std::string& at, int minor, const char* removable, const std::string& folder) {
        const fs::path partition = m_folder.path() + "/sys/devices/" + at + "/" + disk + "/" + disk + "1";
        fs::create_directories(partition);
        std::ofstream{partition.parent_path() / "removable"} << removable << '\n';
        const fs::path numbers = m_folder.path() + "/sys/dev/block";
        fs::create_directories(numbers);
        fs::create_directory_symlink(partition, numbers / ("8:" + std::to_string(minor)));
        const std::string place = m_folder.path() + "/media/" + folder;
        fs::create_directories(place);
        add("8:" + std::to_string(minor), place, "/dev/" + disk + "1");
        return place;
    }
    void add(const std::string& number, std::string place, const std::string& source) {
        for (auto blank = place.find(' '); blank != std::string::npos; blank = place.find(' ')) place.replace(blank, 1, "\\040");
        std::ofstream{m_folder.path() + "/proc/self/mountinfo", std::ios::app} << "40 1 " << number << " / " << place << " rw,relatime shared:1 - vfat " << source << " rw\n";
    }

    test::TempFolder m_folder;
};

TEST_F(Media, AreWhatIsMountedAndCanBePulledOut) {
    mounted("sda", "pci0/ata1/block", 1, "0", "inside");
    const auto stick = mounted("sdb", "pci0/usb1/1-2/block", 17, "1", "LINE ONE");
    const auto disk = mounted("sdc", "pci0/usb1/1-3/block", 33, "0", "big disk on usb");
    const auto card = mounted("mmcblk1", "pci0/mmc/block", 49, "1", "CARD");
    add("0:22", m_folder.path() + "/proc", "proc");

    const auto media = removableMedia(m_folder.path());
    ASSERT_EQ(media.size(), 3U);
    EXPECT_EQ(media[0].folder, card);
    EXPECT_EQ(media[1].folder, stick);
    EXPECT_EQ(media[1].name(), "LINE ONE");
    EXPECT_GT(media[1].free, 0U);
    EXPECT_EQ(media[2].folder, disk);
}

TEST_F(Media, ThatWerePulledOutAreNone) {
    const auto stick = mounted("sdb", "pci0/usb1/1-2/block", 17, "1", "stick");
    fs::remove_all(stick);
    EXPECT_TRUE(removableMedia(m_folder.path()).empty());
}

TEST_F(Media, AreNoneWhereNothingIsMounted) { EXPECT_TRUE(removableMedia(m_folder.path()).empty()); }

TEST_F(Media, HaveTheListsThatLieInTheirOwnFolder) {
    const auto stick = mounted("sdb", "pci0/usb1/1-2/block", 17, "1", "stick");
    for (const char* name : {"b.csv", "A.CSV", "notes.txt"}) std::ofstream{stick + "/" + name} << "acme-1\n";
    fs::create_directories(stick + "/folder.csv");
    EXPECT_EQ(listsOn(removableMedia(m_folder.path()).front()), (std::vector<std::string>{stick + "/A.CSV", stick + "/b.csv"}));
    EXPECT_TRUE(listsOn({stick + "/pulled-out", 0}).empty());
}

TEST_F(Media, AreFlushedOrTheFolderIsNamed) {
    EXPECT_TRUE(flush(m_folder.path()));
    const auto gone = flush(m_folder.path() + "/pulled-out");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::IoFault);
    EXPECT_NE(gone.error().detail.find("pulled-out"), std::string::npos);
}

}  // namespace
}  // namespace keystamp::workflow
