// SPDX-License-Identifier: Apache-2.0
#include "hsm/signer/dispatch.h"

#include <string_view>
#include <unordered_map>

#include "hsm/messages.h"

namespace keystamp::hsm {
namespace {

using wire::Body;
using wire::Message;

// ---- answers
Answer answer(Body body) { return {std::move(body), {}, std::nullopt}; }
Answer answer(const Result<void>& done) { return done ? answer(Body::object()) : Answer::failed(done.error()); }

template <typename T, typename Writer>
Answer answer(const Result<T>& result, const Writer& writer) {
    return result ? answer(writer(*result)) : Answer::failed(result.error());
}

Answer answer(Result<DerivedKey> derived) {
    if (!derived) return Answer::failed(derived.error());
    Answer reply = answer(Body{{"slot", std::string{name(derived->slot)}}});
    reply.secrets.push_back(std::move(derived->key));
    return reply;
}

auto binaryField(const char* field) {
    return [field](const Bytes& bytes) { return Body{{field, wire::binary(bytes)}}; };
}

// ---- fields; a missing one throws, and dispatch catches
std::string text(const Message& request, const char* field) { return request.body.at(field).get<std::string>(); }
Result<DeviceId> id(const Message& request) { return DeviceId::parse(text(request, "id")); }
Result<Slot> slot(const Message& request) { return parseSlot(text(request, "slot")); }

Result<Secret> takeSecret(Message& request) {
    if (request.secrets.empty()) return Error{ErrorCode::BadUsage, "a secret is missing"};
    Secret secret = std::move(request.secrets.front());
    request.secrets.erase(request.secrets.begin());
    return secret;
}

Result<Authority> authority(Message& request) {
    auto passphrase = takeSecret(request);
    if (!passphrase) return passphrase.error();
    return Authority{text(request, "supervisor"), std::move(*passphrase)};
}

// ---- requests
template <Result<void> (Signer::*act)(const Grant&, const Authority&)>
Answer onGrant(Signer& signer, Message& request) {
    const auto grant = messages::toGrant(request.body.at("grant"));
    if (!grant) return Answer::failed(grant.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer((signer.*act)(*grant, *by));
}

Answer releaseGrant(Signer& signer, Message& request) {
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.releaseGrant(text(request, "batch"), request.body.at("cap").get<std::uint64_t>(), *by));
}

Answer supervisorActs(Signer& signer, Message& request) {
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.supervisorActs(text(request, "act"), text(request, "about"), *by));
}

Answer enrolFirstSupervisor(Signer& signer, Message& request) {
    const auto first = authority(request);
    return first ? answer(signer.enrolFirstSupervisor(*first)) : Answer::failed(first.error());
}

Answer login(Signer& signer, Message& request) {
    const auto pin = takeSecret(request);
    return pin ? answer(signer.login(*pin)) : Answer::failed(pin.error());
}

Answer reserve(Signer& signer, Message& request) {
    const auto device = id(request);
    if (!device) return Answer::failed(device.error());
    return answer(signer.reserve(text(request, "batch"), *device, text(request, "job")), binaryField("serial"));
}

Answer issue(Signer& signer, Message& request) {
    const auto device = id(request);
    if (!device) return Answer::failed(device.error());
    const LeafIntent intent{text(request, "batch"), text(request, "job"), *device, messages::bytes(request.body.at("serial")),
                            messages::bytes(request.body.at("csr"))};
    return answer(signer.issue(intent), messages::fromLeaf);
}

Answer derive(Signer& signer, Message& request) {
    const auto device = id(request);
    if (!device) return Answer::failed(device.error());
    return answer(signer.derive(text(request, "batch"), *device, text(request, "job")));
}

Answer sealKeys(Signer& signer, Message& request) {
    const auto ids = messages::toIds(request.body.at("ids"));
    if (!ids) return Answer::failed(ids.error());
    if (ids->size() > kMostKeysAtOnce) return Answer::failed(Error{ErrorCode::BadUsage, "too many keys at once"});
    const auto packed = takeSecret(request);
    if (!packed) return Answer::failed(packed.error());
    const auto keys = messages::unpackKeys(*ids, *packed);
    if (!keys) return Answer::failed(keys.error());
    return answer(signer.sealKeys(text(request, "batch"), *keys));
}

Answer unseal(Signer& signer, Message& request) {
    const auto device = id(request);
    if (!device) return Answer::failed(device.error());
    return answer(signer.unseal(text(request, "batch"), *device, text(request, "job")));
}

Answer forgetKeys(Signer& signer, Message& request) {
    const auto ids = messages::toIds(request.body.at("ids"));
    if (!ids) return Answer::failed(ids.error());
    return answer(signer.forgetKeys(text(request, "batch"), *ids));
}

Answer heldKeys(Signer& signer, Message& request) {
    return answer(signer.heldKeys(text(request, "batch")), [](const auto& ids) { return Body{{"ids", messages::fromIds(ids)}}; });
}

Answer deriveFor(Signer& signer, Message& request) {
    const auto ids = messages::toIds(request.body.at("ids"));
    if (!ids) return Answer::failed(ids.error());
    const auto slots = messages::toSlots(request.body.at("slots"));
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    const auto derived = signer.deriveFor(*ids, slots, *by);
    if (!derived) return Answer::failed(derived.error());
    Answer reply = answer(Body::object());
    std::vector<BytesView> frame;
    for (const DerivedKey& one : *derived) {
        frame.push_back(one.key.view());
        if (frame.size() < kMostKeysAtOnce && &one != &derived->back()) continue;
        reply.secrets.push_back(messages::pack(frame));
        frame.clear();
    }
    return reply;
}

Answer proveCa(Signer& signer, Message& request) {
    const auto of = slot(request);
    if (!of) return Answer::failed(of.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.proveCa(text(request, "code"), *of, *by), binaryField("certificate"));
}

Answer importGroupKey(Signer& signer, Message& request) {
    const auto into = slot(request);
    if (!into) return Answer::failed(into.error());
    const auto key = takeSecret(request);
    if (!key) return Answer::failed(key.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.importGroupKey(*into, *key, request.body.at("replace").get<bool>(), *by));
}

Answer importWrappedGroupKey(Signer& signer, Message& request) {
    const auto into = slot(request);
    if (!into) return Answer::failed(into.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    const Bytes wrapped = messages::bytes(request.body.at("wrapped"));
    return answer(signer.importWrappedGroupKey(*into, wrapped, request.body.at("replace").get<bool>(), *by));
}

Answer importGroupKeyHalf(Signer& signer, Message& request) {
    const auto into = slot(request);
    if (!into) return Answer::failed(into.error());
    const auto share = takeSecret(request);
    if (!share) return Answer::failed(share.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    const int half = request.body.at("half").get<int>();
    return answer(signer.importGroupKeyHalf(*into, half, *share, request.body.at("replace").get<bool>(), *by), messages::fromHalfTaken);
}

Answer requestCa(Signer& signer, Message& request) {
    const auto wanted = messages::toCaRequest(request.body);
    if (!wanted) return Answer::failed(wanted.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.requestCa(*wanted, *by), messages::fromCaRequested);
}

Answer installCa(Signer& signer, Message& request) {
    const auto into = slot(request);
    if (!into) return Answer::failed(into.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.installCa(*into, text(request, "chain"), *by));
}

Answer signCrl(Signer& signer, Message& request) {
    const auto of = slot(request);
    if (!of) return Answer::failed(of.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.signCrl(*of, *by), messages::fromCrl);
}

Answer roll(Signer& signer, Message& request) {
    const auto to = slot(request);
    if (!to) return Answer::failed(to.error());
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.rollTo(*to, *by));
}

Answer signCheckpoint(Signer& signer, Message& request) {
    std::vector<Digest> proof;
    for (const Body& node : request.body.at("proof")) proof.push_back(messages::digest(node));
    return answer(signer.signCheckpoint(messages::toHead(request.body), proof), messages::fromCheckpoint);
}

Answer signSetBackLog(Signer& signer, Message& request) {
    LogRow admission{text(request, "line"), request.body.at("number").get<std::uint64_t>(), {}};
    for (const Body& node : request.body.at("path")) admission.path.push_back(messages::digest(node));
    const auto by = authority(request);
    if (!by) return Answer::failed(by.error());
    return answer(signer.signSetBackLog(messages::toHead(request.body), admission, *by), messages::fromCheckpoint);
}

Answer issuances(Signer& signer, Message& request) {
    return answer(signer.issuances(text(request, "batch"), request.body.at("after").get<std::uint64_t>()), messages::fromIssuances);
}

Answer lastCheckpoint(Signer& signer, Message&) {
    return answer(signer.lastCheckpoint(), [](const std::optional<SignedCheckpoint>& last) {
        return last ? Body{{"checkpoint", messages::fromCheckpoint(*last)}} : Body::object();
    });
}

Answer signManifest(Signer& signer, Message& request) {
    const Bytes json = messages::bytes(request.body.at("json"));
    return answer(signer.signManifest(std::string{asText(json)}), binaryField("signature"));
}

using Handler = Answer (*)(Signer&, Message&);

const std::unordered_map<std::string_view, Handler>& handlers() {
    static const std::unordered_map<std::string_view, Handler> table{
        {"status", [](Signer& signer, Message&) { return answer(signer.status(), messages::fromStatus); }},
        {"login", login},
        {"enrol-first-supervisor", enrolFirstSupervisor},
        {"open-grant", onGrant<&Signer::openGrant>},
        {"extend-grant", onGrant<&Signer::extendGrant>},
        {"release-grant", releaseGrant},
        {"supervisor-acts", supervisorActs},
        {"reserve", reserve},
        {"issue", issue},
        {"serial-record",
         [](Signer& signer, Message& request) {
             return answer(signer.serialRecord(messages::bytes(request.body.at("serial"))), messages::fromRecord);
         }},
        {"void-serial",
         [](Signer& signer, Message& request) { return answer(signer.voidSerial(messages::bytes(request.body.at("serial")))); }},
        {"derive", derive},
        {"seal-keys", sealKeys},
        {"unseal", unseal},
        {"forget-keys", forgetKeys},
        {"held-keys", heldKeys},
        {"derive-for", deriveFor},
        {"prove-ca", proveCa},
        {"import-group-key", importGroupKey},
        {"import-wrapped-group-key", importWrappedGroupKey},
        {"import-group-key-half", importGroupKeyHalf},
        {"request-ca", requestCa},
        {"install-ca", installCa},
        {"sign-crl", signCrl},
        {"roll", roll},
        {"sign-checkpoint", signCheckpoint},
        {"last-checkpoint", lastCheckpoint},
        {"sign-set-back-log", signSetBackLog},
        {"sign-manifest", signManifest},
        {"issuances", issuances},
        {"used-batches",
         [](Signer& signer, Message&) {
             return answer(signer.usedBatches(), [](const std::vector<std::string>& names) { return Body{{"batches", names}}; });
         }},
        {"counts",
         [](Signer& signer, Message& request) { return answer(signer.counts(text(request, "batch")), messages::fromCounts); }},
        {"signatures",
         [](Signer& signer, Message&) {
             return answer(signer.signaturesByPurpose(), [](const auto& purposes) { return Body{{"purposes", purposes}}; });
         }},
        {"self-test", [](Signer& signer, Message&) { return answer(signer.selfTest()); }},
    };
    return table;
}

}  // namespace

Answer dispatch(Signer& signer, Message& request) {
    try {
        const std::string op = text(request, "op");
        const auto handler = handlers().find(op);
        if (handler == handlers().end()) return Answer::failed(Error{ErrorCode::BadUsage, "the signer knows no request \"" + op + "\""});
        return handler->second(signer, request);
    } catch (const nlohmann::json::exception& problem) {
        return Answer::failed(Error{ErrorCode::BadUsage, std::string{"a request that is not understood: "} + problem.what()});
    }
}

std::chrono::milliseconds limitOf(const Body& request) {
    const auto op = request.find("op");
    if (op != request.end() && *op == "login") return std::chrono::seconds{30};
    if (op != request.end() && *op == "request-ca") return std::chrono::seconds{60};
    if (op != request.end() && *op == "derive-for") {
        const auto several = [&](const char* field) { return request.contains(field) ? request.at(field).size() : 0; };
        return std::chrono::seconds{4} + messages::timeForDeriving(several("ids") * several("slots"));
    }
    return std::chrono::seconds{4};
}

}  // namespace keystamp::hsm
