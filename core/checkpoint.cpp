// SPDX-License-Identifier: Apache-2.0
#include "core/checkpoint.h"

namespace keystamp {

std::string checkpointText(const TreeHead& head) {
    return head.origin + "\n" + std::to_string(head.size) + "\n" + toBase64(head.root) + "\n";
}

}  // namespace keystamp
