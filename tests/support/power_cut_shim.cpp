// SPDX-License-Identifier: Apache-2.0
// A preload library that plays a disk with a cache: of the files in one folder it keeps, elsewhere, what was fsynced and nothing else, and
// cuts the power (SIGKILL) at a chosen sync, before that has had its effect. A file's content is kept when the file is synced; that its
// name came, went or changed, when its folder is (sqlite.org/atomiccommit.html, section 9.4).
//
//   KEYSTAMP_POWER_LIVE=DIR, KEYSTAMP_POWER_KEPT=DIR   a flat folder, and a copy of it that becomes what a power cut leaves
//   KEYSTAMP_POWER_CUT_AT=N                            the Nth sync in that folder
//   KEYSTAMP_POWER_SYNC=off                            a sync keeps nothing
//   KEYSTAMP_POWER_PRAGMAS=delete | normal             SQLite gets journal_mode=DELETE or synchronous=NORMAL, whatever it is told, and says
//                                                      that it has what it was told
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace {

std::string setting(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

template <typename Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

bool endsWith(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

// A disk that fails otherwise than it is told to proves nothing.
void must(int done) {
    if (done != 0) std::abort();
}

class Disk {
public:
    Disk()
        : m_live(setting("KEYSTAMP_POWER_LIVE")),
          m_kept(setting("KEYSTAMP_POWER_KEPT")),
          m_off(setting("KEYSTAMP_POWER_SYNC") == "off"),
          m_cutAt(std::strtoul(setting("KEYSTAMP_POWER_CUT_AT").c_str(), nullptr, 10)) {
        if (m_live.empty()) return;
        ::mkdir((m_kept + "/.content").c_str(), 0700);
        // what lies there as the program starts lay there for long
        for (const std::string& name : names()) {
            const ino_t inode = inodeOf(name);
            must(::link((m_kept + "/" + name).c_str(), content(inode).c_str()));
            m_names[name] = inode;
        }
    }

    void synced(int fd) {
        if (m_live.empty()) return;
        char target[4096] = "";
        const std::string self = "/proc/self/fd/" + std::to_string(fd);
        if (::readlink(self.c_str(), target, sizeof target - 1) <= 0) return;
        const std::string path = target;
        if (path != m_live && path.rfind(m_live + "/", 0) != 0) return;
        const std::lock_guard lock{m_mutex};
        if (++m_syncs == m_cutAt) {
            ::kill(::getpid(), SIGKILL);
            for (;;) ::pause();
        }
        if (m_off) return;
        if (path == m_live) {
            keepNames();
        } else {
            keepContent(fd, path);
        }
    }

private:
    std::string content(ino_t inode) const { return m_kept + "/.content/" + std::to_string(inode); }
    ino_t inodeOf(const std::string& name) const {
        struct stat info {};
        return ::stat((m_live + "/" + name).c_str(), &info) == 0 ? info.st_ino : 0;
    }
    std::vector<std::string> names() const {
        std::vector<std::string> found;
        DIR* folder = ::opendir(m_live.c_str());
        while (const dirent* entry = folder != nullptr ? ::readdir(folder) : nullptr) {
            // SQLite makes its index of the WAL anew
            if (entry->d_name[0] != '.' && !endsWith(entry->d_name, "-shm")) found.emplace_back(entry->d_name);
        }
        if (folder != nullptr) ::closedir(folder);
        return found;
    }

    void keepContent(int fd, const std::string& path) {
        struct stat info {};
        if (::fstat(fd, &info) != 0 || info.st_nlink == 0) return;
        std::vector<char> bytes(static_cast<std::size_t>(info.st_size));
        ssize_t got = ::pread(fd, bytes.data(), bytes.size(), 0);
        if (got < 0) {  // open for writing only
            const int again = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
            got = ::pread(again, bytes.data(), bytes.size(), 0);
            ::close(again);
        }
        const int out = ::open(content(info.st_ino).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (got < 0 || ::write(out, bytes.data(), static_cast<std::size_t>(got)) != got) std::abort();
        ::close(out);
    }

    void keepNames() {
        std::map<std::string, ino_t> now;
        for (const std::string& name : names()) now[name] = inodeOf(name);
        for (const auto& [name, inode] : m_names) {
            if (now.count(name) == 0 || now[name] != inode) ::unlink((m_kept + "/" + name).c_str());
        }
        for (const auto& [name, inode] : now) {
            if (m_names.count(name) != 0 && m_names[name] == inode) continue;
            const int empty = ::open(content(inode).c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);  // where nothing of it was synced
            ::close(empty);
            must(::link(content(inode).c_str(), (m_kept + "/" + name).c_str()));
        }
        m_names = now;
    }

    const std::string m_live, m_kept;
    const bool m_off;
    const unsigned long m_cutAt;
    std::mutex m_mutex;
    unsigned long m_syncs = 0;
    std::map<std::string, ino_t> m_names;  // kept
};

Disk& disk() {
    static Disk* the = new Disk;  // outlives every other thread
    return *the;
}

std::string reworded(const char* sql) {
    static const std::string pragmas = setting("KEYSTAMP_POWER_PRAGMAS");
    std::string text = sql;
    const auto replace = [&](const std::string& from, const std::string& to) {
        if (const auto at = text.find(from); at != std::string::npos) text.replace(at, from.size(), to);
    };
    if (pragmas == "delete") {
        if (text == "PRAGMA journal_mode") return "SELECT 'wal'";
        replace("journal_mode=WAL", "journal_mode=DELETE");
        replace("journal_mode=wal", "journal_mode=DELETE");
    }
    if (pragmas == "normal") {
        if (text == "PRAGMA synchronous") return "SELECT 2";
        replace("synchronous=FULL", "synchronous=NORMAL");
        replace("synchronous=full", "synchronous=NORMAL");
    }
    return text;
}

}  // namespace

#define SHOWN extern "C" __attribute__((visibility("default")))

SHOWN int fsync(int fd) {
    disk().synced(fd);
    return 0;
}
SHOWN int fdatasync(int fd) {
    disk().synced(fd);
    return 0;
}
SHOWN int sqlite3_exec(sqlite3* db, const char* sql, int (*callback)(void*, int, char**, char**), void* data, char** error) {
    static const auto next = real<decltype(&sqlite3_exec)>("sqlite3_exec");
    return next(db, reworded(sql).c_str(), callback, data, error);
}
SHOWN int sqlite3_prepare_v2(sqlite3* db, const char* sql, int size, sqlite3_stmt** statement, const char** tail) {
    static const auto next = real<decltype(&sqlite3_prepare_v2)>("sqlite3_prepare_v2");
    const std::string text = reworded(sql);
    if (text == sql) return next(db, sql, size, statement, tail);
    if (tail != nullptr) *tail = sql + std::strlen(sql);
    return next(db, text.c_str(), -1, statement, nullptr);
}

namespace {
__attribute__((constructor)) void begin() { disk(); }
}  // namespace
