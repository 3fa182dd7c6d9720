// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace keystamp::hsm {

/// The key pairs that the HSM is asked to make.
enum class PairKind { P256, P384, Rsa3072 };

}  // namespace keystamp::hsm
