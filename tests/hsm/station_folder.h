// SPDX-License-Identifier: Apache-2.0
// A token folder with an enrolled supervisor, and the processes of the signer that serves it.
#pragma once

#include <sys/types.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "hsm/client.h"
#include "hsm/signer.h"
#include "tests/support/token_folder.h"

namespace keystamp::test {

class StationFolder {
public:
    StationFolder();
    ~StationFolder();

    const TokenFolder& token() const { return m_token; }
    TokenFolder& token() { return m_token; }
    hsm::Authority authority() const;
    void enrol(const hsm::Authority& by);
    /// As before anybody was enrolled.
    void forgetSupervisors();
    hsm::SignerAddress address() const;
    /// Starts a signer as a child where none is; aborts the program where it cannot.
    std::unique_ptr<hsm::Signer> connect() const;

    /// The ledger's answer to a query of one column, as text.
    std::vector<std::string> ledger(const std::string& query) const;

    /// Processes that serve this folder, by their command lines: "signer", "worker".
    std::map<std::string, pid_t> processes() const;
    void kill(const std::string& who, int signal) const;
    /// Until no process serves it; false after 30 s.
    bool deserted() const;

private:
    TokenFolder m_token;
};

/// Asks again and again; false after `seconds`.
bool eventually(const std::function<bool()>& condition, int seconds = 30);

/// A grant of an x509 batch b1-0001 ... and of a sas batch, for `cap` units each.
hsm::Grant grantOf(const std::string& batch, Mode mode, std::uint64_t cap = 10);

}  // namespace keystamp::test
