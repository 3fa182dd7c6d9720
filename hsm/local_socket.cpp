// SPDX-License-Identifier: Apache-2.0
#include "hsm/local_socket.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace keystamp::hsm {
namespace {

struct Address {
    sockaddr_un name{};
    UniqueFd folder;  // keeps the short way to it open
};

Result<Address> addressOf(const std::string& path) {
    Address address;
    address.name.sun_family = AF_UNIX;
    std::string shortPath = path;
    if (path.size() >= sizeof address.name.sun_path) {
        const std::filesystem::path whole{path};
        address.folder = UniqueFd{::open(whole.parent_path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
        if (!address.folder) return Error{ErrorCode::SignerUnavailable, path, errno, "open"};
        shortPath = "/proc/self/fd/" + std::to_string(address.folder.get()) + "/" + whole.filename().string();
    }
    if (shortPath.size() >= sizeof address.name.sun_path) return Error{ErrorCode::BadConfig, "the socket's name is too long: " + path};
    std::memcpy(address.name.sun_path, shortPath.c_str(), shortPath.size() + 1);
    return address;
}

const sockaddr* plain(const sockaddr_un& name) { return reinterpret_cast<const sockaddr*>(&name); }

}  // namespace

void limitSends(int socket, std::chrono::seconds limit) {
    const timeval span{limit.count(), 0};
    ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &span, sizeof span);
}

Result<UniqueFd> listenAt(const std::string& path, bool shared) {
    const auto address = addressOf(path);
    if (!address) return address.error();
    UniqueFd socket{::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!socket) return Error{ErrorCode::IoFault, path, errno, "socket"};
    struct stat old{};
    if (::lstat(path.c_str(), &old) == 0) {
        if (!S_ISSOCK(old.st_mode)) return Error{ErrorCode::BadConfig, path + " is there and is no socket"};
        ::unlink(path.c_str());
    }
    const mode_t before = ::umask(shared ? 0117 : 0177);
    const int bound = ::bind(socket.get(), plain(address->name), sizeof address->name);
    ::umask(before);
    if (bound != 0) return Error{ErrorCode::IoFault, path, errno, "bind"};
    if (::listen(socket.get(), 128) != 0) return Error{ErrorCode::IoFault, path, errno, "listen"};
    return socket;
}

Result<UniqueFd> connectTo(const std::string& path) {
    const auto address = addressOf(path);
    if (!address) return address.error();
    UniqueFd socket{::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!socket) return Error{ErrorCode::IoFault, path, errno, "socket"};
    if (::connect(socket.get(), plain(address->name), sizeof address->name) != 0) {
        return Error{ErrorCode::SignerUnavailable, "nothing answers at " + path, errno, "connect"};
    }
    if (::fcntl(socket.get(), F_SETFL, 0) != 0) return Error{ErrorCode::IoFault, path, errno, "fcntl"};
    limitSends(socket.get(), std::chrono::seconds{5});
    return socket;
}

}  // namespace keystamp::hsm
