// SPDX-License-Identifier: Apache-2.0
#include "station/label/picture.h"

#include <cairo-svg.h>
#include <pango/pangocairo.h>

#include <memory>

#include "core/releaser.h"
#include "station/label/layout.h"
#include "station/label/symbol.h"

namespace keystamp::label {
namespace {

using SurfacePtr = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using CairoPtr = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using LayoutPtr = std::unique_ptr<PangoLayout, Releaser<g_object_unref>>;
using FontPtr = std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>>;

cairo_status_t append(void* file, const unsigned char* bytes, unsigned length) {
    static_cast<std::string*>(file)->append(reinterpret_cast<const char*>(bytes), length);
    return CAIRO_STATUS_SUCCESS;
}

void drawText(cairo_t* cairo, const Element& text) {
    const LayoutPtr layout{pango_cairo_create_layout(cairo)};
    // narrow, as the scalable font of label printers
    const FontPtr font{pango_font_description_from_string("DejaVu Sans Condensed, Sans")};
    pango_font_description_set_absolute_size(font.get(), text.height * 0.8 * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.content.data(), static_cast<int>(text.content.size()));
    if (text.block > 0) {
        pango_layout_set_width(layout.get(), text.block * PANGO_SCALE);
        pango_layout_set_height(layout.get(), -text.lines);
        pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    }
    cairo_move_to(cairo, text.x, text.y);
    pango_cairo_show_layout(cairo, layout.get());
}

void drawBox(cairo_t* cairo, const Element& box) {
    cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
    if (const int inside = 2 * box.thickness; box.width > inside && box.height > inside) {
        cairo_rectangle(cairo, box.x + box.thickness, box.y + box.thickness, box.width - inside, box.height - inside);
    }
    cairo_set_fill_rule(cairo, CAIRO_FILL_RULE_EVEN_ODD);
    cairo_fill(cairo);
}

Result<void> drawSymbol(cairo_t* cairo, const Element& symbol) {
    const auto rows = symbolOf(symbol);
    if (!rows) return rows.error();
    const int height = symbol.kind == Element::Kind::Code128 ? symbol.height : symbol.module;
    for (std::size_t row = 0; row < rows->size(); ++row) {
        for (std::size_t column = 0; column < (*rows)[row].size(); ++column) {
            if (!(*rows)[row][column]) continue;
            cairo_rectangle(cairo, symbol.x + static_cast<int>(column) * symbol.module, symbol.y + static_cast<int>(row) * height, symbol.module, height);
        }
    }
    cairo_fill(cairo);
    return {};
}

Result<void> draw(cairo_t* cairo, const Element& element) {
    switch (element.kind) {
        case Element::Kind::Text:
            drawText(cairo, element);
            return {};
        case Element::Kind::Box:
            drawBox(cairo, element);
            return {};
        case Element::Kind::DataMatrix:
        case Element::Kind::Qr:
        case Element::Kind::Code128:
            return drawSymbol(cairo, element);
    }
    return {};
}

}  // namespace

Result<std::string> pictureOf(const std::string& zpl, const Settings& settings, PictureForm form) {
    const auto width = static_cast<int>(settings.widthMm * settings.dotsPerMm);
    const auto height = static_cast<int>(settings.heightMm * settings.dotsPerMm);
    std::string file;
    const bool svg = form == PictureForm::Svg;
    const SurfacePtr surface{svg ? cairo_svg_surface_create_for_stream(append, &file, width, height)
                                 : cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height)};
    {
        const CairoPtr cairo{cairo_create(surface.get())};
        cairo_set_source_rgb(cairo.get(), 1, 1, 1);
        cairo_paint(cairo.get());
        cairo_set_source_rgb(cairo.get(), 0, 0, 0);
        for (const Element& element : layoutOf(zpl)) {
            if (auto drawn = draw(cairo.get(), element); !drawn) return drawn.error();
        }
    }
    if (!svg) cairo_surface_write_to_png_stream(surface.get(), append, &file);
    cairo_surface_finish(surface.get());
    if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
        return Error{ErrorCode::Internal, cairo_status_to_string(status), status, "cairo"};
    }
    return file;
}

std::string sampleZpl(const Settings& settings) {
    db::Unit unit{.batch = "order-4711", .id = *DeviceId::parse("sample-000017"), .scan = "SN-000017", .uid = Bytes(12, 0x3A), .fixture = "F1",
                  .job = {}, .serial = {}, .certificate = {}, .family = {}, .firmware = {}, .voidReason = {}};
    unit.serial = Bytes(16, 0x5C);
    unit.certificate = Bytes(300, 0x30);
    unit.recordedAt = utcNow();
    return settings.form.of(unit);
}

}  // namespace keystamp::label
