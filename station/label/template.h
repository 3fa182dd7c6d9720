// SPDX-License-Identifier: Apache-2.0
// What a label looks like: ZPL II, as Zebra's printers and many others take it, with place holders for what is known of a unit.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/result.h"
#include "db/records.h"

namespace keystamp::label {

/// Place holders stand in field data (^FD) and nowhere else: {id} {uid} {scan} {batch} {fixture} {date} {serial} {thumbprint}. What is put
/// in is escaped (^FH), so that no label or ID can become a command. In a symbol only those that are letters, digits and hyphens may
/// stand, for symbols have escapes of their own: {id} {uid} {date} {serial} {thumbprint}. Any thread.
class Template {
public:
    /// BadConfig names file and line: no label (^XA to ^XZ), no {id}, a place holder that is not known or stands where it may not, a command
    /// that changes what ^ and ~ mean.
    static Result<Template> parse(const std::string& zpl, const std::string& file);
    /// The ID as a Data Matrix symbol and as text, and the date, for a label of this size.
    static Template standard(unsigned widthMm, unsigned heightMm, unsigned dotsPerMm);

    /// The label of this unit, to be sent to the printer.
    std::string of(const db::Unit& unit) const;

private:
    struct Part {
        std::string text;    ///< as it stands
        std::string holder;  ///< then this place holder's value; empty with the last part
    };
    std::vector<Part> m_parts;
    std::vector<Part> m_forLongIds;  ///< of the built-in form, whose symbol must have room; else empty
};

}  // namespace keystamp::label
