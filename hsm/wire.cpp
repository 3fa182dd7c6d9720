// SPDX-License-Identifier: Apache-2.0
#include "hsm/wire.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/file.h"

namespace keystamp::hsm::wire {
namespace {

constexpr std::uint8_t kSecretTag = 'S';
constexpr std::chrono::seconds kSecretsFollow{1};

Error gone(const char* where) { return Error{ErrorCode::SignerUnavailable, "the other side has gone", errno, where}; }
Error broken(std::string why) { return Error{ErrorCode::BadUsage, "a message that is not understood: " + std::move(why)}; }

Result<void> sendFrame(int socket, std::array<iovec, 2> parts, int descriptor = -1) {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts[1].iov_len == 0 ? 1 : 2;
    if (descriptor >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    }
    while (::sendmsg(socket, &message, MSG_NOSIGNAL) < 0) {
        if (errno == EINTR) continue;
        if (errno == EAGAIN || errno == EWOULDBLOCK) return Error{ErrorCode::Timeout, "the other side does not read", errno, "sendmsg"};
        return gone("sendmsg");
    }
    return {};
}

struct Frame {
    std::size_t size = 0;
    UniqueFd descriptor;
};

Result<void> waitFor(int socket, const std::optional<Deadline>& deadline) {
    if (!deadline) return {};
    pollfd ready{socket, POLLIN, 0};
    for (;;) {
        const int found = ::poll(&ready, 1, static_cast<int>(deadline->left().count()));
        if (found > 0) return {};
        if (found < 0 && errno == EINTR) continue;
        if (found < 0) return gone("poll");
        return Error{ErrorCode::Timeout, "no answer in time", 0, "poll"};
    }
}

Result<Frame> receiveFrame(int socket, std::array<iovec, 2> parts, const std::optional<Deadline>& deadline) {
    if (const auto there = waitFor(socket, deadline); !there) return there.error();
    alignas(cmsghdr) std::array<char, CMSG_SPACE(4 * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts[1].iov_len == 0 ? 1 : 2;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t got = 0;
    do got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0) return gone("recvmsg");

    Frame frame;
    std::size_t descriptors = 0;
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t n = 0; n < count; ++n, ++descriptors) {
            int fd = -1;
            std::memcpy(&fd, CMSG_DATA(header) + n * sizeof(int), sizeof fd);
            frame.descriptor = UniqueFd{fd};  // closes the one before
        }
    }
    if (got == 0) {
        errno = 0;
        return gone("recvmsg");
    }
    if ((message.msg_flags & MSG_TRUNC) != 0) return broken("it is larger than a frame may be");
    if ((message.msg_flags & MSG_CTRUNC) != 0 || descriptors > 1) return broken("too many descriptors");
    frame.size = static_cast<std::size_t>(got);
    return frame;
}

constexpr int kSeals = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;

Result<UniqueFd> toMemfd(BytesView content) {
    UniqueFd fd{::memfd_create("keystamp-message", MFD_CLOEXEC | MFD_ALLOW_SEALING)};
    if (!fd) return Error{ErrorCode::IoFault, "a large message", errno, "memfd_create"};
    while (!content.empty()) {
        const ssize_t put = ::write(fd.get(), content.data(), content.size());
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return Error{ErrorCode::IoFault, "a large message", errno, "write"};
        content = content.subspan(static_cast<std::size_t>(put));
    }
    if (::fcntl(fd.get(), F_ADD_SEALS, kSeals) != 0) return Error{ErrorCode::IoFault, "a large message", errno, "fcntl"};
    return fd;
}

// Only a sealed memfd: its writer cannot change it after it was checked, nor make the read wait.
Result<Bytes> fromMemfd(int fd, const Body& said) {
    struct stat info{};
    const int seals = fd < 0 ? -1 : ::fcntl(fd, F_GET_SEALS);
    if (seals < 0 || (seals & kSeals) != kSeals || ::fstat(fd, &info) != 0) return broken("no sealed memfd");
    if (!said.is_number_unsigned() || said.get<std::uint64_t>() != static_cast<std::uint64_t>(info.st_size)) {
        return broken("its memfd has another size than it says");
    }
    if (info.st_size < 0 || static_cast<std::size_t>(info.st_size) > kLargestBody) return broken("it is too large");
    Bytes content(static_cast<std::size_t>(info.st_size));
    std::size_t at = 0;
    while (at < content.size()) {
        const ssize_t got = ::pread(fd, content.data() + at, content.size() - at, static_cast<off_t>(at));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return broken("its memfd cannot be read");
        at += static_cast<std::size_t>(got);
    }
    return content;
}

Result<Secret> receiveSecret(int socket, const std::optional<Deadline>& deadline) {
    std::uint8_t tag = 0;
    Secret secret(kLargestSecret + 1);
    const auto frame = receiveFrame(socket, {iovec{&tag, 1}, iovec{secret.bytes().data(), secret.size()}}, deadline);
    if (!frame) return frame.error();
    if (tag != kSecretTag || frame->size > kLargestSecret + 1) return broken("no secret where one was said to follow");
    secret.shrink(frame->size - 1);
    return secret;
}

}  // namespace

Result<void> send(int socket, Body body, const std::vector<BytesView>& secrets) {
    for (const BytesView secret : secrets) {
        if (secret.size() > kLargestSecret) return Error{ErrorCode::BadUsage, "a secret of more than 4095 bytes"};
    }
    if (!secrets.empty()) body["secrets"] = secrets.size();
    Bytes cbor = Body::to_cbor(body);
    UniqueFd large;
    if (cbor.size() > kLargestFrame) {
        auto made = toMemfd(cbor);
        if (!made) return made.error();
        large = std::move(*made);
        cbor = Body::to_cbor({{"memfd", cbor.size()}});
    }
    if (auto sent = sendFrame(socket, {iovec{cbor.data(), cbor.size()}, iovec{}}, large.get()); !sent) return sent;
    for (const BytesView secret : secrets) {
        std::uint8_t tag = kSecretTag;
        auto sent = sendFrame(
            socket, {iovec{&tag, 1}, iovec{const_cast<std::uint8_t*>(secret.data()), secret.size()}});  // only read
        if (!sent) return sent;
    }
    return {};
}

Result<Message> receive(int socket, const std::optional<Deadline>& deadline, std::size_t mostSecrets) {
    thread_local Bytes buffer(kLargestFrame);
    const auto frame = receiveFrame(socket, {iovec{buffer.data(), buffer.size()}, iovec{}}, deadline);
    if (!frame) return frame.error();
    auto body = parse(BytesView{buffer}.first(frame->size));
    if (!body) return body.error();
    std::unique_lock<std::mutex> turn;
    if (body->contains("memfd")) {
        static std::mutex turns;
        turn = std::unique_lock{turns};
        const auto content = fromMemfd(frame->descriptor.get(), body->at("memfd"));
        if (!content) return content.error();
        body = parse(*content);
        if (!body) return body.error();
    }
    Message message{std::move(*body), {}, std::move(turn)};
    std::uint64_t secrets = 0;
    if (const auto found = message.body.find("secrets"); found != message.body.end()) {
        if (!found->is_number_unsigned()) return broken("how many secrets follow is no number");
        secrets = found->get<std::uint64_t>();
    }
    if (secrets > mostSecrets) return broken("too many secrets");
    // they come with their message: a peer that holds one back keeps nobody waiting
    const auto soon = deadline ? *deadline : Deadline::in(kSecretsFollow);
    for (std::uint64_t n = 0; n < secrets; ++n) {
        auto secret = receiveSecret(socket, soon);
        if (!secret) return secret.error();
        message.secrets.push_back(std::move(*secret));
    }
    return message;
}

}  // namespace keystamp::hsm::wire
