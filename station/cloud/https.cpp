// SPDX-License-Identifier: Apache-2.0
#include "station/cloud/https.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <regex>

namespace keystamp::cloud {
namespace {

constexpr std::size_t kLargestBody = 64 * 1024;

struct Free {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// A connection stays, and nothing that points to what its request was made of.
struct Forget {
    void operator()(CURL* handle) const { curl_easy_reset(handle); }
};

/// libcurl's own global state, once.
bool started() {
    static const bool good = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return good;
}

std::size_t take(const char* data, std::size_t, std::size_t count, void* into) {
    auto& body = *static_cast<std::string*>(into);
    if (body.size() + count > kLargestBody) return 0;  // ends the transfer
    body.append(data, count);
    return count;
}

int stopped(void* stop, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<const std::atomic<bool>*>(stop)->load(std::memory_order_relaxed) ? 1 : 0;
}

/// libcurl does not copy it, and wipes nothing: it reads where our memory is.
curl_blob blobOf(BytesView bytes) {
    return {const_cast<std::uint8_t*>(bytes.data()), bytes.size(), CURL_BLOB_NOCOPY};
}

class Headers {
public:
    bool add(const char* line) {
        curl_slist* grown = curl_slist_append(m_list.get(), line);
        if (grown == nullptr) return false;
        static_cast<void>(m_list.release());
        m_list.reset(grown);
        return true;
    }
    curl_slist* get() const { return m_list.get(); }

private:
    std::unique_ptr<curl_slist, Free> m_list;
};

Error inWords(CURLcode code, const Access& access, const char* particulars) {
    const std::string why = *particulars != '\0' ? particulars : curl_easy_strerror(code);
    const std::string text = fmt::format("{}: {}", access.endpoint, why);
    if (code == CURLE_ABORTED_BY_CALLBACK) return {ErrorCode::Aborted, {}};
    if (code == CURLE_OPERATION_TIMEDOUT) return {ErrorCode::Timeout, text, code, "curl"};
    if (code == CURLE_SSL_CERTPROBLEM) return {ErrorCode::BadUsage, "the private key is not that of the certificate, or no PEM", code, "curl"};
    if (code == CURLE_WRITE_ERROR) return {ErrorCode::CloudUnreachable, access.endpoint + ": its answer is larger than any of DPS", code, "curl"};
    return {ErrorCode::CloudUnreachable, text, code, "curl"};
}

}  // namespace

Connection::Connection() : m_handle(started() ? curl_easy_init() : nullptr) {}

Connection::~Connection() { curl_easy_cleanup(m_handle); }

bool isEndpoint(const std::string& text) {
    static const std::regex kForm{R"([A-Za-z0-9]([A-Za-z0-9.-]{0,252})(:[0-9]{1,5})?)"};
    return std::regex_match(text, kForm);
}

Result<Reply> ask(const Access& access, const HttpsRequest& request, Deadline deadline, const std::atomic<bool>& stop) {
    // a device's key is libcurl's for one handshake, and so is the connection that it opened
    std::optional<Connection> own;
    CURL* const curl = request.connection != nullptr && request.certificate == nullptr ? request.connection->m_handle : own.emplace().m_handle;
    if (curl == nullptr) return Error{ErrorCode::Internal, "libcurl does not start", 0, "curl_easy_init"};
    const auto set = [&](CURLoption option, auto value) { curl_easy_setopt(curl, option, value); };
    Reply reply;
    std::array<char, CURL_ERROR_SIZE> particulars{};
    const std::unique_ptr<CURL, Forget> forget{curl};
    const std::string url = fmt::format("https://{}{}", access.endpoint, request.path);
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "https");
    set(CURLOPT_CUSTOMREQUEST, request.method.c_str());
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_ERRORBUFFER, particulars.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a name server that is silent is left to its thread, which ends by itself: neither deadline nor stop waits for it
    set(CURLOPT_USERAGENT, "keystamp/" KEYSTAMP_VERSION);
    set(CURLOPT_TIMEOUT_MS, std::max<long>(deadline.left().count(), 1));
    set(CURLOPT_WRITEFUNCTION, &take);
    set(CURLOPT_WRITEDATA, &reply.body);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &stopped);
    set(CURLOPT_XFERINFODATA, &stop);
    if (!access.caFile.empty()) set(CURLOPT_CAINFO, access.caFile.c_str());
    if (!access.proxy.empty()) set(CURLOPT_PROXY, access.proxy.c_str());
    Headers headers;
    bool added = headers.add("Accept: application/json");
    if (!request.body.empty()) {
        added = added && headers.add("Content-Type: application/json; charset=utf-8");
        set(CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        set(CURLOPT_POSTFIELDS, request.body.c_str());
    }
    if (request.authorization != nullptr) {
        // libcurl keeps its own copy in ordinary memory: a token is good for one device and some minutes, the key stays in locked memory
        Secret line{sizeof "Authorization: " + request.authorization->size()};
        fmt::format_to(reinterpret_cast<char*>(line.bytes().data()), "Authorization: {}", request.authorization->text());
        added = added && headers.add(reinterpret_cast<const char*>(line.view().data()));
    }
    if (!added) return Error{ErrorCode::Internal, "no memory for headers", 0, "curl_slist_append"};
    set(CURLOPT_HTTPHEADER, headers.get());
    curl_blob chain{}, key{};
    if (request.certificate != nullptr) {
        chain = blobOf(asBytes(request.certificate->chainPem));
        key = blobOf(request.certificate->keyPem.view());
        set(CURLOPT_SSLCERT_BLOB, &chain);
        set(CURLOPT_SSLKEY_BLOB, &key);
    }
    if (const CURLcode code = curl_easy_perform(curl); code != CURLE_OK) return inWords(code, access, particulars.data());
    curl_off_t wait = 0;
    curl_header* said = nullptr;  // libcurl's zero may also mean that nothing was said
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
    curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &wait);
    if (curl_easy_header(curl, "Retry-After", 0, CURLH_HEADER, -1, &said) == CURLHE_OK && wait >= 0) reply.retryAfter = std::chrono::seconds{wait};
    return reply;
}

}  // namespace keystamp::cloud
