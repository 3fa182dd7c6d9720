// SPDX-License-Identifier: Apache-2.0
// A TPM 2.0 in software for one test: swtpm, and before it tpm2-abrmd on a bus of its own, which keeps more objects than the three that
// fit into a TPM, as the kernel's /dev/tpmrm0 does on a machine with a TPM.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace keystamp::test {

class SoftTpm {
public:
    SoftTpm();
    ~SoftTpm();
    SoftTpm(const SoftTpm&) = delete;
    SoftTpm& operator=(const SoftTpm&) = delete;

    bool running() const { return m_running; }
    /// What tpm2-pkcs11 reads, for [signer] environment.
    std::string environment() const;

private:
    bool startTpm(int port);
    bool startManager();
    void start(const std::vector<std::string>& words);
    void stopAll();

    std::string m_folder;
    std::string m_bus;  ///< D-Bus address
    std::vector<pid_t> m_children;
    int m_port = 0;
    bool m_running = false;
};

}  // namespace keystamp::test
