// SPDX-License-Identifier: Apache-2.0
// A link whose other end says what a script makes of each thing that it is told, and then nothing: time is over at once.
#pragma once

#include <algorithm>
#include <functional>

#include "flashing/link/link.h"

namespace keystamp::test {

class ScriptedLink : public flashing::Link {
public:
    using Script = std::function<Bytes(BytesView told)>;
    explicit ScriptedLink(Script script) : m_script(std::move(script)) {}

    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline) override {
        if (m_said.empty()) return Error{ErrorCode::Timeout, "the link"};
        const std::size_t size = std::min(into.size(), m_said.size());
        std::copy_n(m_said.begin(), size, into.begin());
        m_said.erase(m_said.begin(), m_said.begin() + static_cast<std::ptrdiff_t>(size));
        return size;
    }
    Result<void> write(BytesView bytes, Deadline) override {
        m_said = m_script(bytes);
        return {};
    }
    void discardInput() override { m_said.clear(); }

private:
    Script m_script;
    Bytes m_said;
};

}  // namespace keystamp::test
