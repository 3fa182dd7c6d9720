// SPDX-License-Identifier: Apache-2.0
// Private to hsm: from a request's message to a call of Signer, and from its result to the answer's message.
#pragma once

#include <optional>
#include <vector>

#include "hsm/signer.h"
#include "hsm/wire.h"

namespace keystamp::hsm {

struct Answer {
    wire::Body body;
    std::vector<Secret> secrets;
    std::optional<Error> error;  ///< where the body says one

    static Answer failed(const Error& error) { return {{{"error", wire::fromError(error)}}, {}, error}; }
};

/// Never throws; a request that makes no sense is answered with BadUsage. Takes the secrets out of the request. Threads: any.
Answer dispatch(Signer& signer, wire::Message& request);

/// How long a request may run before the worker is killed. The caller waits 5 s (30 s for a login): there is a second left to be
/// told, or to be served by the next worker.
std::chrono::milliseconds limitOf(const wire::Body& request);

}  // namespace keystamp::hsm
