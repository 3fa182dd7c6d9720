// SPDX-License-Identifier: Apache-2.0
// The Signer over a local socket (SOCK_SEQPACKET; see hsm/README.md for the messages).
#pragma once

#include <memory>
#include <string>

#include "hsm/signer.h"

namespace keystamp::hsm {

struct SignerAddress {
    std::string socket;      ///< path of the signer's socket
    std::string configFile;  ///< what a started keystamp-signer reads
    bool startChild = true;  ///< start keystamp-signer where none listens (development); false under systemd
};

/// Joins the signer of this data folder, or starts one as a child and joins it; a child leaves when its last client has.
/// If the signer goes away later, calls join or start it again by themselves. SignerUnavailable after 10 s.
Result<std::unique_ptr<Signer>> connect(const SignerAddress& address);

}  // namespace keystamp::hsm
