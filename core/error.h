// SPDX-License-Identifier: Apache-2.0
// The one vocabulary of what can go wrong. A code says what kind of trouble it is and so who is to blame and what to do
// next; `native` carries the library's own number (CKR_*, errno, SQLite, SMP rc), `detail` the particulars.
#pragma once

#include <string>
#include <string_view>

namespace keystamp {

enum class ErrorCode {
    // what a person gave
    BadUsage,
    BadConfig,
    BadDeviceId,
    BadCsv,
    BadScan,
    ScanCut,
    ScanMisread,
    ScanForeign,
    ScanTwice,
    UnknownBatch,
    BatchExists,
    BatchNotOpen,
    UnknownUnit,
    UnknownFixture,
    UnknownPerson,
    PersonExists,
    // what the rules refuse; nothing was issued
    NotInBatch,
    CapReached,
    AlreadyRecorded,
    IdHeldByOtherBoard,
    BoardHoldsOtherId,
    BoardScrapped,
    EvidenceTooWeak,
    Unresolved,
    NoFixtureClaimed,
    FixtureBusy,
    NotAcknowledged,
    FixtureStopped,
    LabelAwaited,
    OtherLabel,
    ReconciliationGap,
    // the board
    BoardSilent,
    BoardNonsense,
    LinkLost,
    BoardRefused,
    ProofFailed,
    WrongUid,
    // the signer and its HSM
    SignerUnavailable,
    SignerRefused,
    PinNeeded,
    PinWrong,
    PinLocked,
    PassphraseWrong,
    SecondSupervisor,
    SupervisorExists,
    TokenMissing,
    KeyMissing,
    HsmFault,
    NotGranted,
    CsrRefused,
    ChainRefused,
    KeySeenBefore,
    LintFailed,
    IntentLost,
    // records
    JournalFault,
    JournalBusy,
    RecordsAltered,
    // the station
    LinkUnavailable,
    PrinterOff,
    PrinterEmpty,
    PrinterOpen,
    PrinterPaused,
    Timeout,
    Aborted,
    ClockWrong,
    CloudUnreachable,
    CloudRefused,
    IoFault,
    Internal,
};

/// Who a trouble belongs to; decides FAIL against ERROR and a program's exit code.
enum class Blame {
    Person,   ///< usage or input: exit 2
    Rule,     ///< the station works and says no: exit 1
    Unit,     ///< the board is bad: verdict FAIL, exit 1
    Station,  ///< the station cannot tell: verdict ERROR, exit 3 where it stops the program
    Stopped,  ///< a person stopped it: verdict ABORTED
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;  ///< particulars for the reader: which ID, file, line, key. Never a secret
    long native = 0;     ///< the library's own number, 0 where there is none
    std::string where{}; ///< the call that failed, "C_Sign", "fsync"; empty where the code says enough
};

/// Stable name for JSON and records, e.g. "board-silent".
std::string_view name(ErrorCode code);
/// One sentence: what happened, in words an operator uses.
std::string_view cause(ErrorCode code);
/// One sentence: what to do next.
std::string_view nextStep(ErrorCode code);
Blame blame(ErrorCode code);
/// cause, detail, native code and next step as one line of text.
std::string describe(const Error& error);

}  // namespace keystamp
