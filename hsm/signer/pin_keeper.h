// SPDX-License-Identifier: Apache-2.0
// Private to hsm: the PIN in the supervisor. Each new worker gets it once. One that a person entered and that no worker has yet
// called right is given once in all, so that it costs one failed C_Login at most, whatever dies meanwhile.
#pragma once

#include <optional>
#include <utility>

#include "core/secret.h"

namespace keystamp::hsm {

class PinKeeper {
public:
    enum class From { Person, File };

    void keep(Secret pin, From from) {
        m_pin = std::move(pin);
        m_mayRepeat = from == From::File;
    }
    /// A worker logged in with it.
    void right(Secret pin) {
        m_pin = std::move(pin);
        m_mayRepeat = true;
    }
    /// A worker was refused: nobody tries again until a person has entered one.
    void bad() { m_pin.reset(); }
    /// For a new worker.
    std::optional<Secret> next() {
        if (!m_pin) return std::nullopt;
        if (m_mayRepeat) return m_pin->clone();
        return std::exchange(m_pin, std::nullopt);
    }

private:
    std::optional<Secret> m_pin;
    bool m_mayRepeat = false;
};

}  // namespace keystamp::hsm
