// SPDX-License-Identifier: Apache-2.0
#include "db/exporters/pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <map>

#include "core/releaser.h"

namespace keystamp::db::exporters {
namespace {

using SurfacePtr = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using CairoPtr = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using LayoutPtr = std::unique_ptr<PangoLayout, Releaser<g_object_unref>>;
using FontPtr = std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>>;

FontPtr fontOf(Pdf::Face face) {
    const char* family = face == Pdf::Face::Mono ? "DejaVu Sans Mono" : "DejaVu Sans";
    FontPtr font{pango_font_description_new()};
    pango_font_description_set_family_static(font.get(), family);
    if (face == Pdf::Face::Bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    return font;
}

using Out = std::function<void(std::string_view)>;

cairo_status_t put(void* out, const unsigned char* data, unsigned int size) {
    (*static_cast<Out*>(out))({reinterpret_cast<const char*>(data), size});
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

struct Pdf::Parts {
    Out out;
    SurfacePtr surface;
    CairoPtr cairo;
    LayoutPtr layout;
    std::map<Face, FontPtr> fonts;
};

Result<std::unique_ptr<Pdf>> Pdf::create(Out out, const std::string& title, UtcTime made) {
    auto parts = std::make_unique<Parts>();
    parts->out = std::move(out);
    parts->surface.reset(cairo_pdf_surface_create_for_stream(put, &parts->out, kWidth, kHeight));
    cairo_pdf_surface_set_metadata(parts->surface.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    cairo_pdf_surface_set_metadata(parts->surface.get(), CAIRO_PDF_METADATA_CREATOR, "Keystamp");
    cairo_pdf_surface_set_metadata(parts->surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, toText(std::chrono::floor<std::chrono::seconds>(made)).c_str());
    parts->cairo.reset(cairo_create(parts->surface.get()));
    parts->layout.reset(pango_cairo_create_layout(parts->cairo.get()));
    if (const auto status = cairo_status(parts->cairo.get()); status != CAIRO_STATUS_SUCCESS || !parts->layout) {
        return Error{ErrorCode::Internal, cairo_status_to_string(status), status, "cairo_create"};
    }
    pango_layout_set_wrap(parts->layout.get(), PANGO_WRAP_WORD_CHAR);
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));  // a label shows what it is, and no more
    pango_layout_set_attributes(parts->layout.get(), attributes);
    pango_attr_list_unref(attributes);
    for (const Face face : {Face::Text, Face::Bold, Face::Mono}) parts->fonts[face] = fontOf(face);
    return std::unique_ptr<Pdf>{new Pdf{std::move(parts)}};
}

Pdf::Pdf(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
Pdf::~Pdf() = default;

void Pdf::layOut(double width, const std::string& text, const Style& style) {
    PangoLayout* layout = m_parts->layout.get();
    PangoFontDescription* font = m_parts->fonts[style.face].get();
    pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_width(layout, pango_units_from_double(width));
    pango_layout_set_alignment(layout, style.align == Align::Right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
}

double Pdf::heightOf(double width, const std::string& text, const Style& style) {
    layOut(width, text, style);
    int height = 0;
    pango_layout_get_size(m_parts->layout.get(), nullptr, &height);
    return pango_units_to_double(height);
}

double Pdf::text(double x, double y, double width, const std::string& text, const Style& style) {
    const double height = heightOf(width, text, style);
    cairo_t* cairo = m_parts->cairo.get();
    cairo_set_source_rgb(cairo, style.grey, style.grey, style.grey);
    cairo_move_to(cairo, x, y);
    pango_cairo_show_layout(cairo, m_parts->layout.get());
    return height;
}

void Pdf::line(double x1, double y1, double x2, double y2, double thickness, double grey) {
    cairo_t* cairo = m_parts->cairo.get();
    cairo_set_source_rgb(cairo, grey, grey, grey);
    cairo_set_line_width(cairo, thickness);
    cairo_move_to(cairo, x1, y1);
    cairo_line_to(cairo, x2, y2);
    cairo_stroke(cairo);
}

void Pdf::fill(double x, double y, double width, double height, double grey) {
    cairo_t* cairo = m_parts->cairo.get();
    cairo_set_source_rgb(cairo, grey, grey, grey);
    cairo_rectangle(cairo, x, y, width, height);
    cairo_fill(cairo);
}

// One path, so that no hair lines show between neighbours.
void Pdf::squares(double x, double y, double side, const std::vector<std::vector<bool>>& rows) {
    cairo_t* cairo = m_parts->cairo.get();
    cairo_set_source_rgb(cairo, 0, 0, 0);
    const double unit = side / static_cast<double>(rows.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (std::size_t column = 0; column < rows[row].size(); ++column) {
            if (rows[row][column]) {
                cairo_rectangle(cairo, x + unit * static_cast<double>(column), y + unit * static_cast<double>(row), unit, unit);
            }
        }
    }
    cairo_fill(cairo);
}

void Pdf::newPage() { cairo_show_page(m_parts->cairo.get()); }

Result<void> Pdf::finish() {
    cairo_show_page(m_parts->cairo.get());
    const auto drawn = cairo_status(m_parts->cairo.get());
    cairo_surface_finish(m_parts->surface.get());
    const auto written = cairo_surface_status(m_parts->surface.get());
    for (const auto status : {drawn, written}) {
        if (status != CAIRO_STATUS_SUCCESS) return Error{ErrorCode::Internal, cairo_status_to_string(status), status, "cairo"};
    }
    return {};
}

}  // namespace keystamp::db::exporters
