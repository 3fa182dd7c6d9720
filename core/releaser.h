// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace keystamp {

/// Frees a C library's handle where a unique_ptr owns it: `std::unique_ptr<BIO, Releaser<BIO_free_all>>`.
template <auto Free>
struct Releaser {
    template <typename T>
    void operator()(T* handle) const noexcept {
        Free(handle);
    }
};

}  // namespace keystamp
