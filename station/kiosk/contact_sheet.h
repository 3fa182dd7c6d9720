// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QImage>
#include <string>
#include <utility>
#include <vector>

namespace keystamp::kiosk {

/// Many pictures as one, small, each with its name below: to be looked at in one go.
class ContactSheet {
public:
    void add(const std::string& name, const QImage& picture);
    /// Whether it could be written; then it is empty again.
    bool save(const std::string& file);

private:
    std::vector<std::pair<std::string, QImage>> m_pictures;
};

}  // namespace keystamp::kiosk
