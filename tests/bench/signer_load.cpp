// SPDX-License-Identifier: Apache-2.0
// Real requests to a running signer from many connections at once, under grants that it opens itself (a demo's
// supervisor).
//   signer_load CONFIG issue|derive|mix COUNT [CLIENTS]
// issue: reserve and issue, a new key each; derive: an ID each; both print `NAME per-second CPU-us-of-the-worker`. mix:
// half derivations, a fifth each of status and serial-record, a tenth reserve and issue; prints `requests seconds RSS-kB`
// twenty times. What boards do (keys, requests) is done before the clock runs, but for mix.
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include "core/id_pattern.h"
#include "core/secret.h"
#include "hsm/client.h"
#include "hsm/signer/config.h"
#include "tests/support/crypto.h"

namespace {

using namespace keystamp;
using Steady = std::chrono::steady_clock;

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(result).value();
    std::fprintf(stderr, "signer_load: %s\n", describe(result.error()).c_str());
    std::exit(1);
}
void must(const Result<void>& result) {
    if (result) return;
    std::fprintf(stderr, "signer_load: %s\n", describe(result.error()).c_str());
    std::exit(1);
}

std::string patternOf(const std::string& batch) { return batch + "-{seq:07}"; }
DeviceId idOf(const std::string& batch, std::size_t number) { return must(must(IdPattern::parse(patternOf(batch))).at(number)); }

// user and system time of a process in microseconds
double cpu(std::int64_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/stat"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    std::istringstream words{text.substr(text.rfind(')') + 2)};
    std::string skipped;
    for (int i = 0; i < 11; ++i) words >> skipped;
    double user = 0;
    double system = 0;
    words >> user >> system;
    return (user + system) * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

long residentKb(std::int64_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/statm"};
    long total = 0;
    long resident = 0;
    file >> total >> resident;
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

// Each of `count` numbers once, by so many threads; seconds.
template <typename Work>
double spread(std::size_t count, unsigned threads, const Work& work) {
    std::atomic<std::size_t> next{0};
    const auto start = Steady::now();
    std::vector<std::thread> running;
    for (unsigned t = 0; t < threads; ++t) {
        running.emplace_back([&] {
            for (std::size_t i = next++; i < count; i = next++) work(i);
        });
    }
    for (auto& thread : running) thread.join();
    return std::chrono::duration<double>(Steady::now() - start).count();
}

struct Load {
    hsm::Signer& signer;
    std::string batch;
    std::size_t count;
    unsigned clients;

    void grant(const hsm::SignerConfig& config, const std::string& name, Mode mode) const {
        hsm::Grant grant;
        grant.batch = name;
        grant.mode = mode;
        grant.cap = count;
        grant.pattern = patternOf(name);
        grant.last = count;
        must(signer.openGrant(grant, {config.supervisor, must(readSecretFile(config.passphraseFile))}));
    }

    void issueOne(const std::string& under, std::size_t i, Bytes csr) const {
        const DeviceId id = idOf(under, i);
        auto serial = must(signer.reserve(under, id, "load"));
        must(signer.issue({under, "load", id, std::move(serial), std::move(csr)}));
    }

    void report(const char* name, double seconds, double cpuBefore, std::int64_t worker) const {
        std::printf("%s %.1f %.1f\n", name, static_cast<double>(count) / seconds,
                    (cpu(worker) - cpuBefore) / static_cast<double>(count));
    }

    void issue(std::int64_t worker) const {
        std::vector<Bytes> requests(count);
        spread(count, 2, [&](std::size_t i) { requests[i] = test::newCsr(test::newKey(), idOf(batch, i).text()); });
        const double before = cpu(worker);
        report("issue", spread(count, clients, [&](std::size_t i) { issueOne(batch, i, requests[i]); }), before,
               worker);
    }

    void derive(std::int64_t worker) const {
        const double before = cpu(worker);
        report("derive",
               spread(count, clients, [&](std::size_t i) { must(signer.derive(batch, idOf(batch, i), "load")); }),
               before, worker);
    }

    // `leaves` is the batch of those that are issued
    void mix(const std::string& leaves) const {
        const auto start = Steady::now();
        std::atomic<std::size_t> done{0};
        spread(count, clients, [&](std::size_t i) {
            const std::size_t kind = i % 10;
            if (kind < 5) must(signer.derive(batch, idOf(batch, i), "load"));
            if (kind == 5 || kind == 6) must(signer.status());
            if (kind == 7 || kind == 8) must(signer.serialRecord(Bytes(17, 0x11)));
            if (kind == 9) issueOne(leaves, i, test::newCsr(test::newKey(), idOf(leaves, i).text()));
            const std::size_t now = ++done;
            if (now % std::max<std::size_t>(count / 20, 1) != 0) return;
            const double seconds = std::chrono::duration<double>(Steady::now() - start).count();
            std::printf("%zu %.1f %ld\n", now, seconds, residentKb(must(signer.status()).worker));
            std::fflush(stdout);
        });
    }
};

}  // namespace

int main(int argc, char** argv) {
    if (argc < 4) return 2;
    must(openSecureHeap());
    const auto config = must(hsm::loadSignerConfig(argv[1]));
    const std::string what = argv[2];
    const auto signer = must(hsm::connect({config.socket, config.file, false}));
    const std::string batch = what + std::to_string(getpid());
    const Load load{*signer, batch, std::strtoul(argv[3], nullptr, 10),
                    argc > 4 ? static_cast<unsigned>(std::strtoul(argv[4], nullptr, 10)) : 16};
    load.grant(config, batch, what == "issue" ? Mode::X509 : Mode::Sas);
    const std::int64_t worker = must(signer->status()).worker;
    if (what == "issue") load.issue(worker);
    if (what == "derive") load.derive(worker);
    if (what == "mix") {
        load.grant(config, batch + "x", Mode::X509);
        load.mix(batch + "x");
    }
    return 0;
}
