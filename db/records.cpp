// SPDX-License-Identifier: Apache-2.0
#include "db/records.h"

namespace keystamp::db {

std::string_view name(BatchState state) {
    switch (state) {
        case BatchState::Open: return "open";
        case BatchState::Paused: return "paused";
        case BatchState::Closed: return "closed";
    }
    return "";
}

std::string_view name(UnitState state) {
    switch (state) {
        case UnitState::Reserved: return "RESERVED";
        case UnitState::Intended: return "INTENDED";
        case UnitState::Issued: return "ISSUED";
        case UnitState::Written: return "WRITTEN";
        case UnitState::Verified: return "VERIFIED";
        case UnitState::Recorded: return "RECORDED";
        case UnitState::Void: return "VOID";
    }
    return "";
}

std::string_view name(KeyOrigin origin) {
    switch (origin) {
        case KeyOrigin::Board: return "board";
        case KeyOrigin::Station: return "station";
        case KeyOrigin::Derived: return "derived";
        case KeyOrigin::Imported: return "imported";
    }
    return "";
}

std::string_view name(VoidedFor what) {
    switch (what) {
        case VoidedFor::Nothing: return "";
        case VoidedFor::Rework: return "rework";
        case VoidedFor::Scrap: return "scrap";
    }
    return "";
}

bool suffices(Evidence shown, Evidence required) {
    const auto worth = [](Evidence evidence) {
        switch (evidence) {
            case Evidence::None:
            case Evidence::Accepted: return 0;
            case Evidence::Digest: return 1;
            case Evidence::ReadBack: return 2;
            case Evidence::Proof: return 3;
        }
        return 0;
    };
    return worth(shown) >= worth(required);
}

std::string_view name(Evidence evidence) {
    switch (evidence) {
        case Evidence::None: return "";
        case Evidence::Proof: return "proof";
        case Evidence::Digest: return "digest";
        case Evidence::ReadBack: return "read-back";
        case Evidence::Accepted: return "accepted";
    }
    return "";
}

std::string_view name(Verdict verdict) {
    switch (verdict) {
        case Verdict::Pass: return "PASS";
        case Verdict::Fail: return "FAIL";
        case Verdict::Error: return "ERROR";
        case Verdict::Aborted: return "ABORTED";
    }
    return "";
}

}  // namespace keystamp::db
