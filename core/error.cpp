// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"

#include <fmt/format.h>

#include <system_error>

namespace keystamp {
namespace {

struct Entry {
    std::string_view name;
    Blame blame;
    std::string_view cause;
    std::string_view next;
};

// No default: a new code does not compile until it has words.
Entry entry(ErrorCode code) {
    switch (code) {
        case ErrorCode::BadUsage:
            return {"bad-usage", Blame::Person, "The command cannot be understood", "See --help for examples."};
        case ErrorCode::BadConfig:
            return {"bad-config", Blame::Person, "The configuration cannot be used", "Correct the named line of the file."};
        case ErrorCode::BadDeviceId:
            return {"bad-device-id", Blame::Person, "This is not a device ID",
                    "Use 1 to 64 letters, digits and hyphens, with a letter or digit at both ends."};
        case ErrorCode::BadCsv:
            return {"bad-csv", Blame::Person, "The file cannot be used; nothing of it was taken",
                    "Correct the named lines, or fetch it anew, and give it again."};
        case ErrorCode::BadScan:
            return {"bad-scan", Blame::Person, "The scan cannot be used", "Scan the board's label again."};
        case ErrorCode::ScanCut:
            return {"scan-cut", Blame::Person, "A part of the barcode did not arrive", "Scan the board's label again, and hold still until it beeps."};
        case ErrorCode::ScanMisread:
            return {"scan-misread", Blame::Person, "A character of the barcode was misread",
                    "Scan the board's label again; set the board aside if its label is damaged."};
        case ErrorCode::ScanForeign:
            return {"scan-foreign", Blame::Person, "This barcode is not the one that the line is set up for",
                    "Scan the board's own label; `keystamp scan try` shows what the station makes of it."};
        case ErrorCode::ScanTwice:
            return {"scan-twice", Blame::Person, "The same barcode came twice", "Wait a moment; scan it again if nothing happens."};
        case ErrorCode::UnknownBatch:
            return {"unknown-batch", Blame::Person, "There is no such batch", "See `keystamp batch list`."};
        case ErrorCode::BatchExists:
            return {"batch-exists", Blame::Person, "A batch of that name exists", "Choose another name."};
        case ErrorCode::BatchNotOpen:
            return {"batch-not-open", Blame::Rule, "The batch is not open", "Choose an open batch."};
        case ErrorCode::UnknownUnit:
            return {"unknown-unit", Blame::Person, "No unit of that ID is recorded", "Check the ID."};
        case ErrorCode::UnknownFixture:
            return {"unknown-fixture", Blame::Person, "There is no such fixture", "See the fixtures in the configuration."};
        case ErrorCode::UnknownPerson:
            return {"unknown-person", Blame::Person, "Nobody of that name or badge may be at this station",
                    "See who may by `keystamp person list`; a supervisor adds persons by `keystamp person add`."};
        case ErrorCode::PersonExists:
            return {"person-exists", Blame::Person, "That name or badge is somebody's already",
                    "Take another one, or remove that person first by `keystamp person remove`."};
        case ErrorCode::NotInBatch:
            return {"not-in-batch", Blame::Rule, "This ID does not belong to the batch",
                    "Check the label and the batch; set the board aside."};
        case ErrorCode::CapReached:
            return {"cap-reached", Blame::Rule, "The batch has issued all it may", "Close the batch or have it extended."};
        case ErrorCode::AlreadyRecorded:
            return {"already-recorded", Blame::Rule, "This unit is already done", "Put the next board on."};
        case ErrorCode::IdHeldByOtherBoard:
            return {"id-held-by-other-board", Blame::Rule, "This ID belongs to another board",
                    "Check the label; a supervisor can resolve a lost board."};
        case ErrorCode::BoardHoldsOtherId:
            return {"board-holds-other-id", Blame::Rule, "This board was begun under another ID",
                    "Scan the label it was begun with."};
        case ErrorCode::BoardScrapped:
            return {"board-scrapped", Blame::Rule, "This board was scrapped", "Take it out of the line; no identity is given to it again."};
        case ErrorCode::EvidenceTooWeak:
            return {"evidence-too-weak", Blame::Rule, "This board cannot show what the batch requires",
                    "Take a board and driver that can, or open a batch that asks for less (`keystamp batch create --require`)."};
        case ErrorCode::Unresolved:
            return {"unresolved", Blame::Rule, "This unit was interrupted and is not resolved",
                    "Put that board on a fixture and scan it again, or have a supervisor resolve it."};
        case ErrorCode::NoFixtureClaimed:
            return {"no-fixture-claimed", Blame::Rule, "It is not clear which fixture this scan is for",
                    "Scan the fixture's label first, then the board."};
        case ErrorCode::FixtureBusy:
            return {"fixture-busy", Blame::Rule, "This fixture is still at work", "Wait for its verdict, then scan again."};
        case ErrorCode::NotAcknowledged:
            return {"not-acknowledged", Blame::Rule, "Nobody has acknowledged this fixture's last verdict",
                    "Take that board off and acknowledge its verdict, then scan again."};
        case ErrorCode::FixtureStopped:
            return {"fixture-stopped", Blame::Rule, "This fixture takes no more scans: its boards failed alike, one after the other",
                    "Check its contacts and its cable, and whether this lot of boards is bad; then take it up again: on the kiosk's tile, or "
                    "with a new `keystamp run`."};
        case ErrorCode::LabelAwaited:
            return {"label-awaited", Blame::Rule, "This fixture waits for the label of its last board",
                    "Put the printed label on that board and scan it, or say on its tile that it gets none."};
        case ErrorCode::OtherLabel:
            return {"other-label", Blame::Rule, "This label belongs to another board", "Put it on the board of the fixture that is named, and scan it there."};
        case ErrorCode::ReconciliationGap:
            return {"reconciliation-gap", Blame::Rule, "Signer, journal and manifest do not agree",
                    "Call an engineer; keep the batch as it is."};
        case ErrorCode::BoardSilent:
            return {"board-silent", Blame::Station, "The board does not answer", "Check that it is seated and powered; scan again."};
        case ErrorCode::BoardNonsense:
            return {"board-nonsense", Blame::Station, "The board's answer makes no sense",
                    "Check cable and firmware; scan again."};
        case ErrorCode::LinkLost:
            return {"link-lost", Blame::Station, "The connection to the board broke", "Check the cable; scan again."};
        case ErrorCode::BoardRefused:
            return {"board-refused", Blame::Unit, "The board refused", "Set the board aside as bad."};
        case ErrorCode::ProofFailed:
            return {"proof-failed", Blame::Unit, "The board could not prove its credential", "Set the board aside as bad."};
        case ErrorCode::WrongUid:
            return {"wrong-uid", Blame::Unit, "This is another board than the one expected",
                    "Put the right board on; set this one aside."};
        case ErrorCode::SignerUnavailable:
            return {"signer-unavailable", Blame::Station, "The signer does not answer",
                    "It restarts by itself; call an engineer if this stays."};
        case ErrorCode::SignerRefused:
            return {"signer-refused", Blame::Station, "The signer refused the request", "Call an engineer."};
        case ErrorCode::PinNeeded:
            return {"pin-needed", Blame::Station, "The HSM waits for its PIN", "Enter the PIN."};
        case ErrorCode::PinWrong:
            return {"pin-wrong", Blame::Station, "The PIN was not accepted",
                    "Enter it again with care: every wrong entry counts."};
        case ErrorCode::PinLocked:
            return {"pin-locked", Blame::Station, "The HSM has locked its PIN",
                    "The HSM's security officer must unlock or renew it; then enter the PIN. Nobody tries it until then."};
        case ErrorCode::PassphraseWrong:
            return {"passphrase-wrong", Blame::Person, "The supervisor's passphrase is wrong", "Enter it again."};
        case ErrorCode::SecondSupervisor:
            return {"second-supervisor", Blame::Rule, "This takes a second supervisor",
                    "Have another supervisor do it with their own passphrase; `keystamp-signer add-supervisor NAME` enrols one."};
        case ErrorCode::SupervisorExists:
            return {"supervisor-exists", Blame::Rule, "The signer has a supervisor already",
                    "Have that one do it; `keystamp-signer add-supervisor NAME` enrols another, or gives one a new passphrase."};
        case ErrorCode::TokenMissing:
            return {"token-missing", Blame::Station, "The HSM token is not there", "Check that the HSM is connected and named right."};
        case ErrorCode::KeyMissing:
            return {"key-missing", Blame::Station, "A key is not in the HSM", "Check key IDs in the configuration."};
        case ErrorCode::HsmFault:
            return {"hsm-fault", Blame::Station, "The HSM reports a fault", "Wait for it to heal; then scan again."};
        case ErrorCode::NotGranted:
            return {"not-granted", Blame::Rule, "The signer holds no grant for this", "A supervisor must open the batch."};
        case ErrorCode::CsrRefused:
            return {"csr-refused", Blame::Unit, "The board's certificate request is not acceptable",
                    "Set the board aside as bad."};
        case ErrorCode::ChainRefused:
            return {"chain-refused", Blame::Person, "The CA's certificate chain is not acceptable; nothing was changed",
                    "Have the root's keeper issue it anew, from what `keystamp ca request` writes."};
        case ErrorCode::KeySeenBefore:
            return {"key-seen-before", Blame::Unit, "The board's key was seen before: its random numbers are not random",
                    "Set the board aside as bad; call an engineer."};
        case ErrorCode::LintFailed:
            return {"lint-failed", Blame::Station, "The certificate would break a rule; it was not given out", "Call an engineer."};
        case ErrorCode::IntentLost:
            return {"intent-lost", Blame::Station, "A signature was interrupted; its serial is void", "Scan again."};
        case ErrorCode::JournalFault:
            return {"journal-fault", Blame::Station, "The journal cannot be written", "Check the disk; call an engineer."};
        case ErrorCode::JournalBusy:
            return {"journal-busy", Blame::Station, "Another program holds this station's data", "Close the other program first."};
        case ErrorCode::RecordsAltered:
            return {"records-altered", Blame::Rule, "The records do not verify", "Keep the files; call an auditor."};
        case ErrorCode::LinkUnavailable:
            return {"link-unavailable", Blame::Station, "The fixture's link cannot be opened",
                    "Check the cable and the fixture's configuration."};
        case ErrorCode::PrinterOff:
            return {"printer-off", Blame::Station, "The label printer does not answer",
                    "Check its power, its cable and `printer` in [label]; labels that wait are printed when it is back."};
        case ErrorCode::PrinterEmpty:
            return {"printer-empty", Blame::Station, "The label printer is out of labels or ribbon",
                    "Load it; labels that wait are printed then."};
        case ErrorCode::PrinterOpen:
            return {"printer-open", Blame::Station, "The label printer is open", "Close it; labels that wait are printed then."};
        case ErrorCode::PrinterPaused:
            return {"printer-paused", Blame::Station, "The label printer is paused",
                    "Press its pause button; labels that wait are printed then."};
        case ErrorCode::Timeout:
            return {"timeout", Blame::Station, "It took too long", "Scan again; call an engineer if this stays."};
        case ErrorCode::Aborted:
            return {"aborted", Blame::Stopped, "It was stopped", "Scan again to go on."};
        case ErrorCode::ClockWrong:
            return {"clock-wrong", Blame::Station, "The clock does not fit the records",
                    "Set the clock. If it is right as it is, a supervisor says so by `keystamp journal rebase-clock`."};
        case ErrorCode::CloudUnreachable:
            return {"cloud-unreachable", Blame::Station, "The cloud does not answer",
                    "Check network, proxy, and endpoint and ca_file in [cloud]. Boards are made without it."};
        case ErrorCode::CloudRefused:
            return {"cloud-refused", Blame::Rule, "The cloud refused", "Do what it says, in the cloud; then try again."};
        case ErrorCode::IoFault:
            return {"io-fault", Blame::Station, "A file cannot be read or written", "Check the disk and its permissions."};
        case ErrorCode::Internal:
            return {"internal", Blame::Station, "The station contradicts itself", "Call an engineer."};
    }
    return {"internal", Blame::Station, "The station contradicts itself", "Call an engineer."};
}

}  // namespace

std::string_view name(ErrorCode code) { return entry(code).name; }
std::string_view cause(ErrorCode code) { return entry(code).cause; }
std::string_view nextStep(ErrorCode code) { return entry(code).next; }
Blame blame(ErrorCode code) { return entry(code).blame; }

namespace {

// A file's trouble has the system's number: people know its words.
std::string inWords(const Error& error) {
    const bool ofTheSystem = error.code == ErrorCode::IoFault && error.native != 0 && error.where != "sqlite3";
    return ofTheSystem ? ": " + std::generic_category().message(static_cast<int>(error.native)) : "";
}

}  // namespace

std::string describe(const Error& error) {
    std::string text{cause(error.code)};
    if (!error.detail.empty()) text += ": " + error.detail;
    if (!error.where.empty() || error.native != 0) {
        text += fmt::format(" [{}{}{:#x}{}]", error.where, error.where.empty() ? "" : " ", error.native, inWords(error));
    }
    return text + ". " + std::string{nextStep(error.code)};
}

}  // namespace keystamp
