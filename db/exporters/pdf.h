// SPDX-License-Identifier: Apache-2.0
// A4 pages of text, lines and dark squares; all measures in points, from the page's upper left corner.
// Private to this room.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace keystamp::db::exporters {

class Pdf {
public:
    static constexpr double kWidth = 595.28, kHeight = 841.89;

    enum class Face { Text, Bold, Mono };
    enum class Align { Left, Right };
    struct Style {
        Face face = Face::Text;
        double size = 9;
        double grey = 0;  ///< 0 black to 1 white
        Align align = Align::Left;
    };

    /// A finished page is written before the next is begun. `made` is the document's only time.
    static Result<std::unique_ptr<Pdf>> create(std::function<void(std::string_view)> out, const std::string& title, UtcTime made);
    ~Pdf();
    Pdf(const Pdf&) = delete;
    Pdf& operator=(const Pdf&) = delete;

    /// Wraps at `width`; gives the height it takes. The text is UTF-8.
    double text(double x, double y, double width, const std::string& text, const Style& style);
    double heightOf(double width, const std::string& text, const Style& style);
    void line(double x1, double y1, double x2, double y2, double thickness, double grey);
    void fill(double x, double y, double width, double height, double grey);
    void squares(double x, double y, double side, const std::vector<std::vector<bool>>& rows);
    void newPage();
    /// Internal where cairo could not draw.
    Result<void> finish();

private:
    struct Parts;
    explicit Pdf(std::unique_ptr<Parts> parts);
    void layOut(double width, const std::string& text, const Style& style);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace keystamp::db::exporters
