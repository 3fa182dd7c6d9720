// SPDX-License-Identifier: Apache-2.0
#include "db/verify_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace keystamp::db::manifest {
namespace {

// As one word of sh, whatever it holds.
std::string quoted(std::string_view text) {
    std::string word = "'";
    for (const char c : text) word += c == '\'' ? "'\\''" : std::string{c};
    return word + "'";
}

std::string comment(std::string_view text) {
    std::string line{text};
    std::replace_if(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    return line;
}

constexpr const char* kHead = R"sh(# How to verify this manifest: batch {batch} of station {station}, exported {time}.
#
# It takes OpenSSL, sha256sum and a shell, and audit.pub.pem from where you trust it, not from whoever gave you this folder.
# In this folder:
#
#     sh VERIFY.txt /path/to/audit.pub.pem
#
# Every step must pass; the last line printed is then "verified". `keystamp manifest verify DIR --key audit.pub.pem` shows the
# same and names what does not fit.
set -eu
KEY=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# 1. The audit key made for this station has signed manifest.json.
openssl pkey -pubin -in "$KEY" -outform DER | sha256sum | grep -q '^{key} '
openssl dgst -sha256 -verify "$KEY" -signature manifest.sig manifest.json

# 2. Every file is the one whose SHA-256 was signed, and there is no other.
sed -n '/"files": {{/,/}}/s/^ *"\([A-Za-z0-9.-]*\)": "\([0-9a-f]\{{64\}}\)",\{{0,1\}}$/\2  \1/p' manifest.json >"$tmp/sums"
[ "$(wc -l <"$tmp/sums")" -eq {files} ]
sha256sum --check --strict "$tmp/sums"
(cat "$tmp/sums" | cut -c67-; echo manifest.json; echo manifest.sig) | LC_ALL=C sort >"$tmp/names"
ls -A | LC_ALL=C sort | cmp - "$tmp/names"

# 3. The audit log had {size} rows and this root when the manifest was made (`keystamp audit verify` holds a log against it).
printf '%s\n%s\n%s\n' {origin} {size} {root} >"$tmp/checkpoint"
echo {checkpoint} | base64 -d >"$tmp/checkpoint.sig"
openssl dgst -sha256 -verify "$KEY" -signature "$tmp/checkpoint.sig" "$tmp/checkpoint"

# 4. {recorded} units are recorded, and these are the ones that iotc-import.csv imports.
awk -F, 'NR > 1 && $3 == "RECORDED" {{print $2}}' units.csv >"$tmp/recorded"
[ "$(wc -l <"$tmp/recorded")" -eq {recorded} ]
tail -n +2 iotc-import.csv | cut -d, -f1 | cmp - "$tmp/recorded"
)sh";

constexpr const char* kLeafPart = R"sh(
# 5. Each of the {leaves} live leaves is a client certificate below the root of ca-chain.pem, as of the day of the export.
awk -v dir="$tmp" '/^# /{{close(f); f = sprintf("%s/leaf-%07d.pem", dir, ++n)}} {{print >f}}' leaves.pem
find "$tmp" -name 'leaf-*.pem' -print0 | LC_ALL=C sort -z | xargs -0 -r \
  openssl verify -x509_strict -purpose sslclient -attime {attime} -CAfile ca-chain.pem >"$tmp/verdicts"
[ "$(grep -c ': OK$' "$tmp/verdicts")" -eq {leaves} ]

# 6. The CA certificates are those whose fingerprints were signed.
{fingerprints}
# 7. Each leaf is the one of its row: common name and SHA-256 thumbprint.
sed -n 's/^# //p' leaves.pem >"$tmp/ids"
for leaf in "$tmp"/leaf-*.pem; do
  [ -e "$leaf" ] || continue
  openssl x509 -in "$leaf" -noout -subject | sed 's/.*CN *= *//'
  sed '/^[-#]/d' "$leaf" | base64 -d >"${{leaf%.pem}}.der"
done | cmp - "$tmp/ids"
find "$tmp" -name 'leaf-*.der' -print0 | LC_ALL=C sort -z | xargs -0 -r sha256sum | cut -c1-64 | tr a-f A-F >"$tmp/thumbprints"
paste -d' ' "$tmp/ids" "$tmp/thumbprints" >"$tmp/leaves"
awk -F, 'NR > 1 && $3 != "VOID" && $11 != "" {{print $2, $11}}' units.csv | cmp - "$tmp/leaves"
)sh";

// Each certificate of ca-chain.pem by itself, its fingerprint among them.
std::string fingerprintCommands(const std::map<std::string, std::string>& fingerprints) {
    std::string text = "awk -v dir=\"$tmp\" '/BEGIN CERT/{f = sprintf(\"%s/ca-%03d.pem\", dir, ++n)} f {print >f}' ca-chain.pem\n"
                       "for ca in \"$tmp\"/ca-*.pem; do openssl x509 -in \"$ca\" -outform DER | sha256sum; done >\"$tmp/cas\"\n";
    for (const auto& [slot, digest] : fingerprints) text += fmt::format("grep -q '^{} ' \"$tmp/cas\"  # {}\n", digest, comment(slot));
    return text;
}

}  // namespace

std::string verifyText(const std::string& batch, Mode mode, const ManifestContext& context, const std::string& keyFingerprint,
                       const Counts& counts, UtcTime exportedAt) {
    using fmt::arg;
    const auto seconds = std::chrono::floor<std::chrono::seconds>(exportedAt).time_since_epoch().count();
    std::string text = fmt::format(
        kHead, arg("batch", comment(batch)), arg("station", comment(context.station)), arg("time", toText(exportedAt)),
        arg("key", keyFingerprint), arg("files", filesOf(mode).size()), arg("size", context.checkpoint.size),
        arg("origin", quoted(context.checkpoint.origin)), arg("root", toBase64(context.checkpoint.root)),
        arg("checkpoint", toBase64(context.checkpoint.signature)), arg("recorded", counts.recorded));
    if (mode == Mode::X509) {
        text += fmt::format(kLeafPart, arg("leaves", counts.leaves), arg("attime", seconds),
                            arg("fingerprints", fingerprintCommands(context.caFingerprints)));
    }
    return text + "\necho verified\n";
}

}  // namespace keystamp::db::manifest
