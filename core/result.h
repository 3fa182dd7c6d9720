// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error. Errors are values here; nothing in Keystamp throws across a function's border,
// and libraries that throw are caught where they are called.
#pragma once

#include <tl/expected.hpp>
#include <type_traits>
#include <utility>

#include "core/error.h"

namespace keystamp {

template <typename T>
class [[nodiscard]] Result {
public:
    using value_type = T;

    Result(T value) : m_state(std::move(value)) {}
    Result(Error error) : m_state(tl::unexpect, std::move(error)) {}

    bool ok() const noexcept { return m_state.has_value(); }
    explicit operator bool() const noexcept { return ok(); }

    T& value() & { return *m_state; }
    const T& value() const& { return *m_state; }
    T&& value() && { return std::move(*m_state); }
    T& operator*() & { return *m_state; }
    const T& operator*() const& { return *m_state; }
    T&& operator*() && { return std::move(*m_state); }
    T* operator->() { return &*m_state; }
    const T* operator->() const { return &*m_state; }

    const Error& error() const { return m_state.error(); }

private:
    tl::expected<T, Error> m_state;
};

template <>
class [[nodiscard]] Result<void> {
public:
    using value_type = void;

    Result() = default;
    Result(Error error) : m_state(tl::unexpect, std::move(error)) {}

    bool ok() const noexcept { return m_state.has_value(); }
    explicit operator bool() const noexcept { return ok(); }
    const Error& error() const { return m_state.error(); }

private:
    tl::expected<void, Error> m_state;
};

}  // namespace keystamp
