// SPDX-License-Identifier: Apache-2.0
// What a gateway's shell is told to do: POSIX shell, base64, sha256sum, od and the usual few; openssl where there is one. Each script may be
// run twice and then does the same.
#pragma once

#include "flashing/board.h"
#include "flashing/linux/layout.h"

namespace keystamp::flashing::linux_shell {

/// Exit codes of the scripts, beside 0.
constexpr int kCannotWrite = 4;
constexpr int kNoKey = 5;     ///< it was to be made on the board, and is not there
constexpr int kOtherKey = 6;  ///< it is not the certificate's
constexpr int kSwapped = 9;   ///< the UID is another one
constexpr int kForeign = 10;  ///< the folder's identity is not this station's

/// Lines of a key and a value: uid, system, release, openssl, state (none, ours, foreign), id, scope, credential, pending.
std::string infoScript(const Layout& layout);
/// An identity that was begun for somebody else goes; a pending key of the same one stays.
std::string beginScript(const Layout& layout, Mode kind, const DeviceId& id, const std::string& scopeId);
/// Its output is a CSR, base64.
std::string keyScript(const Layout& layout, const DeviceId& id);
/// All of it becomes the identity by the renaming of one folder. `uid` as the board said it; `token` tells one write from another.
Secret writeScript(const Layout& layout, const Credential& credential, const std::string& uid, const std::string& token);
/// Its output is the proof: base64 of a signature, or an HMAC in hexadecimal.
std::string proveScript(const Layout& layout, BytesView message);
/// Whether it is this board that is logged in to.
std::string sameScript(const Layout& layout, const std::string& uid);
std::string eraseScript(const Layout& layout, const std::string& uid);

}  // namespace keystamp::flashing::linux_shell
