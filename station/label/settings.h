// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "station/label/template.h"

namespace keystamp::label {

/// [label] of station.toml.
struct Settings {
    std::string printer;       ///< see printer.h
    Template form;
    bool confirm = false;      ///< at the kiosk a printed label is scanned before its fixture takes the next board
    unsigned widthMm = 50, heightMm = 25, dotsPerMm = 8;  ///< of the picture on screen, and of the built-in form
};

}  // namespace keystamp::label
