// SPDX-License-Identifier: Apache-2.0
#include "flashing/linux/scripts.h"

#include <fmt/format.h>

#include <algorithm>

#include "flashing/linux/files.h"

namespace keystamp::flashing::linux_shell {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char each : text) out += each == '\'' ? std::string{"'\\''"} : std::string{each};
    return out + "'";
}

std::string folderOf(const Layout& layout) {
    return layout.folder.starts_with("~/") ? "\"$HOME\"/" + quoted(layout.folder.substr(2)) : quoted(layout.folder);
}

/// F the folder, I the identity in it, N the one that is begun, O the one that goes; u says the UID.
std::string places(const Layout& layout) {
    const std::string usual = "{ cat /proc/device-tree/serial-number || cat /etc/machine-id; } 2>/dev/null";
    return fmt::format("F={}; I=$F/identity N=$F/.identity.new O=$F/.identity.old\nu() {{ {{ {}; }} | tr -d '\\000\\r\\n'; }}\n", folderOf(layout),
                       layout.uid.empty() ? usual : layout.uid);
}

std::string onlyBoard(const std::string& uid) { return fmt::format("[ \"$(u)\" = {} ] || exit {}\n", quoted(uid), kSwapped); }

std::string mayBeWritten() {
    return fmt::format("if [ -e \"$I\" ] || [ -L \"$I\" ]; then [ -f \"$I/{}\" ] || exit {}; fi\n", kMarker, kForeign);
}

std::string purpose(Mode kind, const DeviceId& id, const std::string& scopeId) { return fmt::format("{} {} {}", kind == Mode::Sas ? "sas" : "x509", id.text(), scopeId); }

/// N is there, and for this identity.
std::string prepare(Mode kind, const DeviceId& id, const std::string& scopeId) {
    const std::string want = quoted(purpose(kind, id, scopeId));
    return fmt::format("umask 077; mkdir -p \"$F\" || exit {0}\nrm -rf \"$O\"\n[ \"$(sed -n 2p \"$N/{1}\" 2>/dev/null)\" = {2} ] || rm -rf \"$N\"\n"
                       "mkdir -p \"$N\" && printf 'keystamp 1\\n%s\\n' {2} >\"$N/{1}\" || exit {0}\n",
                       kCannotWrite, kMarker, want);
}

/// Whoever may read the files may go into their folder.
const char* folderMode(const std::string& mode) { return mode[mode.size() - 2] == '0' ? "0700" : "0750"; }

}  // namespace

std::string infoScript(const Layout& layout) {
    return places(layout) + fmt::format(R"sh(printf 'uid %s\nsystem %s\n' "$(u)" "$(uname -sm)"
printf 'release %s\n' "$(. /etc/os-release 2>/dev/null; printf %s "$PRETTY_NAME")"
command -v openssl >/dev/null && echo 'openssl yes'
P=$N/key.pem
if [ -f "$P" ] && command -v openssl >/dev/null; then printf 'pending %s\n' "$(openssl pkey -in "$P" -pubout -outform DER 2>/dev/null | sha256sum | cut -c 1-64)"; fi
if [ ! -e "$I" ] && [ ! -L "$I" ]; then echo 'state none'; exit 0; fi
if [ ! -f "$I/{0}" ]; then echo 'state foreign'; exit 0; fi
echo 'state ours'
cd "$I" && sha256sum -c sums >/dev/null 2>&1 || exit 0
if [ -f sas.key ]; then C=$(base64 -d <sas.key | sha256sum)
else
  C=$(sed '/-----END/q' cert.pem | sed '/-----/d' | base64 -d | sha256sum)
  if command -v openssl >/dev/null; then [ "$(openssl x509 -in cert.pem -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in key.pem -pubout 2>/dev/null)" ] || exit 0; fi
fi
printf 'id %s\nscope %s\ncredential %s\n' "$(cat device_id)" "$(cat scope_id)" "${{C%% *}}")sh",
                                        kMarker);
}

std::string beginScript(const Layout& layout, Mode kind, const DeviceId& id, const std::string& scopeId) {
    return places(layout) + mayBeWritten() + prepare(kind, id, scopeId) + ":";
}

std::string keyScript(const Layout& layout, const DeviceId& id) {
    return places(layout) + fmt::format(R"sh(cd "$N" || exit {0}
umask 077
[ -s key.pem ] || {{ openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.tmp 2>/dev/null && sync && mv key.tmp key.pem; }} || exit {0}
printf '[req]\ndistinguished_name=d\n[d]\n' >req.tmp
openssl req -new -config req.tmp -key key.pem -sha256 -subj '/CN={1}' -outform DER -out csr.tmp 2>/dev/null || exit {0}
base64 csr.tmp
rm -f req.tmp csr.tmp)sh",
                                        kCannotWrite, id.text());
}

Secret writeScript(const Layout& layout, const Credential& credential, const std::string& uid, const std::string& token) {
    const bool boardKey = credential.kind == Mode::X509 && credential.privateKey.empty();
    const std::vector<File> files = filesOf(layout, credential);
    std::string names = kMarker;
    for (const File& each : files) names += " " + each.name;
    if (boardKey) names += " key.pem";
    std::string head = places(layout) + onlyBoard(uid) + mayBeWritten() +
                       fmt::format("[ \"$(sed -n 3p \"$I/{}\" 2>/dev/null)\" = {} ] && exit 0\n", kMarker, token) +
                       (boardKey ? fmt::format("[ -s \"$N/key.pem\" ] || exit {}\n", kNoKey) : "rm -rf \"$N\"\n") +
                       prepare(credential.kind, credential.id, credential.scopeId) + fmt::format("cd \"$N\" || exit {}\n", kCannotWrite);
    std::string tail;
    if (boardKey) {
        tail += fmt::format("[ \"$(openssl x509 -in cert.pem -noout -pubkey 2>/dev/null)\" = \"$(openssl pkey -in key.pem -pubout 2>/dev/null)\" ] || exit {}\n", kOtherKey);
    }
    tail += fmt::format("rm -f ./*.tmp; echo {0} >>{1}\nsha256sum {2} >sums || exit {3}\nchmod {4} {2} sums || exit {3}\nchmod {5} . || exit {3}\n", token, kMarker, names, kCannotWrite,
                        layout.mode, folderMode(layout.mode));
    if (!layout.owner.empty()) tail += fmt::format("chown {} . {} sums || exit {}\n", quoted(layout.owner), names, kCannotWrite);
    tail += fmt::format("sync\ncd \"$F\" || exit {0}\nif [ -e \"$I\" ]; then mv \"$I\" \"$O\" || exit {0}; fi\nmv \"$N\" \"$I\" || exit {0}\nsync\nrm -rf \"$O\"\nsync", kCannotWrite);

    std::vector<std::pair<std::string, const Secret*>> parts;
    std::size_t size = head.size() + tail.size();
    for (const File& each : files) {
        parts.emplace_back(fmt::format("cat >{} <<'KS_END' || exit {}\n", each.name, kCannotWrite), &each.text);
        size += parts.back().first.size() + each.text.size() + kFileEnd.size();
    }
    Secret script{size};
    auto at = script.bytes().begin();
    const auto put = [&](BytesView bytes) { at = std::copy(bytes.begin(), bytes.end(), at); };
    put(asBytes(head));
    for (const auto& [begin, text] : parts) {
        put(asBytes(begin));
        put(text->view());
        put(asBytes(kFileEnd));
    }
    put(asBytes(tail));
    return script;
}

// The HMAC is made of sha256sum, for `openssl dgst -mac` takes its key as an argument, which everybody on the board can see.
std::string proveScript(const Layout& layout, BytesView message) {
    return places(layout) + fmt::format(R"sh(cd "$I" || exit {0}
m() {{ printf %s '{1}' | base64 -d; }}
if [ ! -f sas.key ]; then
  m | openssl dgst -sha256 -sign key.pem 2>/dev/null | base64
  exit 0
fi
i= o= n=0 p=
for b in $(base64 -d <sas.key | od -An -v -tx1); do i="$i\\$(printf %03o $((0x$b ^ 0x36)))" o="$o\\$(printf %03o $((0x$b ^ 0x5c)))" n=$((n + 1)); done
while [ $n -lt 64 ]; do i="$i\\066" o="$o\\134" n=$((n + 1)); done
for b in $({{ printf "$i"; m; }} | sha256sum | cut -c 1-64 | sed 's/../& /g'); do p="$p\\$(printf %03o $((0x$b)))"; done
{{ printf "$o"; printf "$p"; }} | sha256sum | cut -c 1-64)sh",
                                        kNoKey, toBase64(message));
}

std::string sameScript(const Layout& layout, const std::string& uid) { return places(layout) + onlyBoard(uid) + ":"; }

std::string eraseScript(const Layout& layout, const std::string& uid) {
    return places(layout) + onlyBoard(uid) + mayBeWritten() +
           fmt::format("rm -rf \"$N\" \"$O\" || exit {0}\nif [ -e \"$I\" ]; then mv \"$I\" \"$O\" || exit {0}; fi\nsync\nrm -rf \"$O\" || exit {0}\nsync", kCannotWrite);
}

}  // namespace keystamp::flashing::linux_shell
