// SPDX-License-Identifier: Apache-2.0
// Private to hsm: what supervisor and worker tell each other, over a socketpair, in the same messages as the socket's.
//   supervisor → worker, once at its start   {"pin": whether one follows} and the PIN
//   worker → supervisor                      {"login": "right"} and the PIN; {"login": "bad"}
#pragma once

namespace keystamp::hsm {

// The worker's descriptors, and its command line: keystamp-signer --config FILE --worker=<pid of the supervisor>
inline constexpr int kListenFd = 3;
inline constexpr int kControlFd = 4;
inline constexpr int kPageFd = 5;
inline constexpr int kLockFd = 6;  ///< held open: the data folder stays locked until the last worker has gone

// How a worker ends.
inline constexpr int kDone = 0;
inline constexpr int kFreshWorkerNeeded = 75;  ///< the HSM failed; a new process heals it

}  // namespace keystamp::hsm
