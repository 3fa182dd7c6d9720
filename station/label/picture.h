// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/result.h"
#include "station/label/settings.h"

namespace keystamp::label {

enum class PictureForm { Png, Svg };

/// A label as it comes out of the printer (see layout.h for what is shown), a pixel a dot: the file's bytes. Internal where it cannot be drawn.
/// Any thread.
Result<std::string> pictureOf(const std::string& zpl, const Settings& settings, PictureForm form);
/// The label of a unit that there is not, to look at a template by.
std::string sampleZpl(const Settings& settings);

}  // namespace keystamp::label
