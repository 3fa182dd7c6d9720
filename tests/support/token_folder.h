// SPDX-License-Identifier: Apache-2.0
// A throw-away station folder with a real SoftHSM token: the token is made once a program, then copied for each who
// asks, so that no test sees what another has done to its own. One token at a time may be open in a process (SoftHSM is
// one module).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/secret.h"
#include "hsm/signer/config.h"

namespace keystamp::test {

class TokenFolder {
public:
    /// A copy of the program's finished demo token; aborts the program where it cannot be made.
    TokenFolder();
    ~TokenFolder();
    TokenFolder(const TokenFolder&) = delete;
    TokenFolder& operator=(const TokenFolder&) = delete;

    const std::string& path() const { return m_path; }
    std::string configFile() const { return m_path + "/station.toml"; }
    /// Read anew from station.toml.
    hsm::SignerConfig config() const;
    Secret pin() const;

    /// From now on every call to the module is written into a log (see pkcs11_log.c).
    void logCalls();
    /// Lines of that log that begin with this word, each as a map: the word under "", then key to value.
    std::vector<std::map<std::string, std::string>> calls(const std::string& function) const;

private:
    std::string m_path;
};

/// An empty folder for one test, under the test program's temporary folder.
std::string newFolder();
/// Writes station.toml (data, SoftHSM, both slots, demo files) into a folder, as the demo does. `log` puts the logging
/// module in between.
void writeStationToml(const std::string& folder, bool log = false, const std::string& tokenLabel = "keystamp-demo");

}  // namespace keystamp::test
