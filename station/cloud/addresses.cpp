// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/addresses.h"

#include <fmt/format.h>
#include <netdb.h>

#include <array>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>

#include "core/releaser.h"
#include "station/cloud/await.h"

namespace keystamp::cloud {
namespace {

using Found = std::unique_ptr<addrinfo, Releaser<freeaddrinfo>>;

/// Shared by who asks and the thread that waits for the answer: whichever of them ends last.
struct Question {
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<Result<std::vector<std::string>>> answer;
};

Result<std::vector<std::string>> lookUp(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* first = nullptr;
    const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &first);
    const Found found{first};
    if (code != 0) return Error{ErrorCode::CloudUnreachable, fmt::format("{}: {}", host, gai_strerror(code)), code, "getaddrinfo"};
    std::vector<std::string> addresses;
    for (const addrinfo* each = found.get(); each != nullptr; each = each->ai_next) {
        std::array<char, NI_MAXHOST> text{};
        if (::getnameinfo(each->ai_addr, each->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) == 0) addresses.emplace_back(text.data());
    }
    return addresses;
}

}  // namespace

Result<std::vector<std::string>> addressesOf(const std::string& host, Deadline deadline, const std::atomic<bool>& stop) {
    const auto question = std::make_shared<Question>();
    try {
        std::thread{[question, host] {
            auto answer = lookUp(host);
            const std::lock_guard lock{question->mutex};
            question->answer = std::move(answer);
            question->changed.notify_all();
        }}.detach();
    } catch (const std::system_error& error) {
        return Error{ErrorCode::Internal, error.what(), error.code().value(), "std::thread"};
    }
    std::unique_lock lock{question->mutex};
    const auto answered = await(lock, question->changed, [&] { return question->answer.has_value(); }, deadline, stop, host + ": no name server answers");
    if (!answered) return answered.error();
    return *question->answer;
}

}  // namespace keystamp::cloud
