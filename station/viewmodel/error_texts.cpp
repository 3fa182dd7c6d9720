// SPDX-License-Identifier: Apache-2.0
// What an operator reads for each error. Shorter than the command line's words (core/error.cpp) where those name
// commands or files that an operator has not got.
#include <QCoreApplication>

#include "station/viewmodel/texts.h"

namespace keystamp::viewmodel {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("keystamp::viewmodel", text); }

}  // namespace

// No default: a new code does not compile until it has words.
OperatorText textOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::BadUsage:
            return {tr("The station was asked for something it does not know"), tr("Call an engineer.")};
        case ErrorCode::BadConfig:
            return {tr("The station's configuration cannot be used"),
                    tr("Call an engineer: the line below must be corrected.")};
        case ErrorCode::BadDeviceId:
            return {tr("The scan is not a device ID"), tr("Check the label; set the board aside if it is damaged.")};
        case ErrorCode::BadCsv:
            return {tr("The CSV file cannot be used; nothing of it was taken"),
                    tr("Correct the named lines and import it again.")};
        case ErrorCode::BadScan:
            return {tr("The scan cannot be used"), tr("Scan the board's label again.")};
        case ErrorCode::ScanCut:
            return {tr("A part of the barcode did not arrive"), tr("Scan the board's label again, and hold still until it beeps.")};
        case ErrorCode::ScanMisread:
            return {tr("A character of the barcode was misread"),
                    tr("Scan the board's label again; set the board aside if its label is damaged.")};
        case ErrorCode::ScanForeign:
            return {tr("This barcode is not the one that the line is set up for"), tr("Scan the board's own label.")};
        case ErrorCode::ScanTwice:
            return {tr("The same barcode came twice"), tr("Wait a moment; scan it again if nothing happens.")};
        case ErrorCode::UnknownBatch:
            return {tr("There is no such batch"), tr("Choose a batch from the list.")};
        case ErrorCode::BatchExists:
            return {tr("A batch of that name exists"), tr("Choose another name.")};
        case ErrorCode::BatchNotOpen:
            return {tr("The batch is not open"), tr("Choose an open batch.")};
        case ErrorCode::UnknownUnit:
            return {tr("No unit of that ID is recorded"), tr("Check the ID.")};
        case ErrorCode::UnknownFixture:
            return {tr("There is no such fixture"), tr("Scan the label on the fixture.")};
        case ErrorCode::UnknownPerson:
            return {tr("This badge is nobody's"), tr("Scan it again, or have a supervisor add it.")};
        case ErrorCode::PersonExists:
            return {tr("That name or badge is somebody's already"), tr("Take another one.")};
        case ErrorCode::NotInBatch:
            return {tr("This board does not belong to the batch"),
                    tr("Check the label and the batch; set the board aside.")};
        case ErrorCode::CapReached:
            return {tr("The batch has issued all it may"), tr("Call a supervisor: close the batch or extend it.")};
        case ErrorCode::AlreadyRecorded:
            return {tr("This board is already done"), tr("Put the next board on.")};
        case ErrorCode::IdHeldByOtherBoard:
            return {tr("This label belongs to another board"), tr("Set the board aside and call a supervisor.")};
        case ErrorCode::BoardHoldsOtherId:
            return {tr("This board was begun under another label"), tr("Scan the label it was begun with.")};
        case ErrorCode::BoardScrapped:
            return {tr("This board was scrapped"), tr("Take it out of the line: it gets no identity any more.")};
        case ErrorCode::EvidenceTooWeak:
            return {tr("This board cannot show what the batch requires"), tr("Take another kind of board, or have a batch opened that asks for less.")};
        case ErrorCode::Unresolved:
            return {tr("This unit was interrupted and is not resolved"),
                    tr("Put that board on a fixture and scan it again, or have a supervisor resolve it.")};
        case ErrorCode::NoFixtureClaimed:
            return {tr("It is not clear which fixture this is for"),
                    tr("Scan the fixture's label first, then the board.")};
        case ErrorCode::FixtureBusy:
            return {tr("This fixture is still at work"), tr("Wait for its verdict, then scan again.")};
        case ErrorCode::NotAcknowledged:
            return {tr("This fixture's last board is not settled"),
                    tr("Take it off, press Seen on the tile, then scan again.")};
        case ErrorCode::FixtureStopped:
            return {tr("This fixture is stopped: its boards failed alike, one after the other"),
                    tr("Check its contacts, its cable and the boards, then press Take up again.")};
        case ErrorCode::LabelAwaited:
            return {tr("This fixture waits for the label of its last board"), tr("Put that label on the board and scan it.")};
        case ErrorCode::OtherLabel:
            return {tr("This label belongs to another board"), tr("Put it on that board, and scan it there.")};
        case ErrorCode::ReconciliationGap:
            return {tr("Signer, journal and manifest do not agree"), tr("Call an engineer; keep the batch as it is.")};
        case ErrorCode::BoardSilent:
            return {tr("The board does not answer"), tr("Check that it is seated and powered, then scan again.")};
        case ErrorCode::BoardNonsense:
            return {tr("The board's answer makes no sense"), tr("Check its cable, then scan again.")};
        case ErrorCode::LinkLost:
            return {tr("The connection to the board broke"), tr("Check its cable, then scan again.")};
        case ErrorCode::BoardRefused:
            return {tr("The board refused"), tr("Set the board aside as bad.")};
        case ErrorCode::ProofFailed:
            return {tr("The board could not prove its credential"), tr("Set the board aside as bad.")};
        case ErrorCode::WrongUid:
            return {tr("This is another board than the one expected"),
                    tr("Put the right board on; set this one aside.")};
        case ErrorCode::SignerUnavailable:
            return {tr("The signer does not answer"), tr("It restarts by itself; call an engineer if this stays.")};
        case ErrorCode::SignerRefused:
            return {tr("The signer refused the request"), tr("Call an engineer.")};
        case ErrorCode::PinNeeded:
            return {tr("The HSM waits for its PIN"), tr("Enter the PIN.")};
        case ErrorCode::PinWrong:
            return {tr("The PIN was not accepted"),
                    tr("Enter it again with care: every wrong entry counts.")};
        case ErrorCode::PinLocked:
            return {tr("The HSM has locked its PIN"), tr("The HSM's security officer must unlock or renew it; then enter the PIN.")};
        case ErrorCode::PassphraseWrong:
            return {tr("The supervisor's passphrase is wrong"), tr("Enter it again.")};
        case ErrorCode::SecondSupervisor:
            return {tr("This takes a second supervisor"),
                    tr("Have another supervisor do it. Where there is none, an engineer enrols one.")};
        case ErrorCode::SupervisorExists:
            return {tr("The signer has a supervisor already"), tr("Have that one do it, or an engineer enrol another.")};
        case ErrorCode::TokenMissing:
            return {tr("The HSM is not there"), tr("Check that the HSM is connected.")};
        case ErrorCode::KeyMissing:
            return {tr("A key is not in the HSM"), tr("Call an engineer.")};
        case ErrorCode::HsmFault:
            return {tr("The HSM reports a fault"), tr("Wait until it has healed, then scan again.")};
        case ErrorCode::NotGranted:
            return {tr("The HSM has no order for this"), tr("A supervisor must open the batch.")};
        case ErrorCode::CsrRefused:
            return {tr("The board's request is not acceptable"), tr("Set the board aside as bad.")};
        case ErrorCode::ChainRefused:
            return {tr("The CA's certificate chain is not acceptable"), tr("Call an engineer.")};
        case ErrorCode::KeySeenBefore:
            return {tr("The board's key is not random"), tr("Set the board aside as bad; call an engineer.")};
        case ErrorCode::LintFailed:
            return {tr("The certificate would break a rule; it was not given out"), tr("Call an engineer.")};
        case ErrorCode::IntentLost:
            return {tr("A signature was interrupted; its serial is void"), tr("Scan again.")};
        case ErrorCode::JournalFault:
            return {tr("The journal cannot be written"), tr("Check the disk; call an engineer.")};
        case ErrorCode::JournalBusy:
            return {tr("Another program is running this station"), tr("Close the other program, then try again.")};
        case ErrorCode::RecordsAltered:
            return {tr("The records do not verify"), tr("Keep the files; call an auditor.")};
        case ErrorCode::LinkUnavailable:
            return {tr("The fixture cannot be reached"), tr("Check its cable; call an engineer if this stays.")};
        case ErrorCode::PrinterOff:
            return {tr("The label printer does not answer"), tr("Check that it is on and its cable is in.")};
        case ErrorCode::PrinterEmpty:
            return {tr("The label printer is out of labels or ribbon"), tr("Load it.")};
        case ErrorCode::PrinterOpen:
            return {tr("The label printer is open"), tr("Close it.")};
        case ErrorCode::PrinterPaused:
            return {tr("The label printer is paused"), tr("Press its pause button.")};
        case ErrorCode::Timeout:
            return {tr("It took too long"), tr("Scan again; call an engineer if this stays.")};
        case ErrorCode::Aborted:
            return {tr("It was stopped"), tr("Scan again to go on.")};
        case ErrorCode::ClockWrong:
            return {tr("The clock does not fit the records"), tr("Set the clock; where it is right, a supervisor must say so.")};
        case ErrorCode::CloudUnreachable:
            return {tr("The cloud does not answer"), tr("Go on without it; call an engineer if this stays.")};
        case ErrorCode::CloudRefused:
            return {tr("The cloud refused"), tr("Call an engineer.")};
        case ErrorCode::IoFault:
            return {tr("A file cannot be read or written"), tr("Check the disk and its permissions.")};
        case ErrorCode::Internal:
            return {tr("The station contradicts itself"), tr("Call an engineer.")};
    }
    return {};
}

}  // namespace keystamp::viewmodel
