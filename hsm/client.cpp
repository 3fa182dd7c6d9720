// SPDX-License-Identifier: Apache-2.0
#include "hsm/client.h"

#include <functional>

#include "hsm/connector.h"
#include "hsm/messages.h"

namespace keystamp::hsm {
namespace {

using wire::Body;
using std::chrono::milliseconds;
using std::chrono::seconds;

/// Whether a call may be sent again when the connection broke after it was sent.
enum class Again { Yes, No };

constexpr seconds kLimit{5};
constexpr seconds kLoginLimit{30};
constexpr seconds kKeyLimit{65};  // a key pair may be made

Body withAuthority(Body body, const Authority& authority) {
    body["supervisor"] = authority.supervisor;
    return body;
}

class Client final : public Signer {
public:
    explicit Client(const SignerAddress& address) : m_connector(address) {}

    Result<void> join(const Deadline& deadline) {
        auto connection = m_connector.take(deadline);
        if (!connection) return connection.error();
        m_connector.giveBack(std::move(*connection));
        return {};
    }

    Result<SignerStatus> status() override {
        return read<SignerStatus>(ask({{"op", "status"}}), messages::toStatus);
    }
    Result<void> login(const Secret& pin) override {
        return done(ask({{"op", "login"}}, {pin.view()}, Again::No, kLoginLimit));
    }
    Result<void> enrolFirstSupervisor(const Authority& first) override {
        return done(ask(withAuthority({{"op", "enrol-first-supervisor"}}, first), {first.passphrase.view()}));
    }
    Result<void> openGrant(const Grant& grant, const Authority& authority) override {
        return done(ask(withAuthority({{"op", "open-grant"}, {"grant", messages::fromGrant(grant)}}, authority),
                        {authority.passphrase.view()}));
    }
    Result<void> extendGrant(const Grant& grant, const Authority& authority) override {
        return done(ask(withAuthority({{"op", "extend-grant"}, {"grant", messages::fromGrant(grant)}}, authority),
                        {authority.passphrase.view()}));
    }
    Result<void> releaseGrant(const std::string& batch, std::uint64_t cap, const Authority& authority) override {
        return done(ask(withAuthority({{"op", "release-grant"}, {"batch", batch}, {"cap", cap}}, authority), {authority.passphrase.view()}));
    }
    Result<Serial> reserve(const std::string& batch, const DeviceId& id, const std::string& job) override {
        return read<Serial>(ask({{"op", "reserve"}, {"batch", batch}, {"id", id.text()}, {"job", job}}),
                            [](const Body& body) { return messages::bytes(body.at("serial")); });
    }
    Result<Leaf> issue(const LeafIntent& intent) override {
        return read<Leaf>(ask({{"op", "issue"},
                               {"batch", intent.batch},
                               {"job", intent.job},
                               {"id", intent.id.text()},
                               {"serial", wire::binary(intent.serial)},
                               {"csr", wire::binary(intent.csr)}}),
                          messages::toLeaf);
    }
    Result<void> voidSerial(const Serial& serial) override {
        return done(ask({{"op", "void-serial"}, {"serial", wire::binary(serial)}}));
    }
    Result<SerialRecord> serialRecord(const Serial& serial) override {
        return read<SerialRecord>(ask({{"op", "serial-record"}, {"serial", wire::binary(serial)}}), messages::toRecord);
    }
    Result<DerivedKey> derive(const std::string& batch, const DeviceId& id, const std::string& job) override {
        return derived(ask({{"op", "derive"}, {"batch", batch}, {"id", id.text()}, {"job", job}}));
    }
    Result<void> sealKeys(const std::string& batch, const std::vector<ImportedKey>& keys) override {
        if (keys.empty() || keys.size() > kMostKeysAtOnce) return Error{ErrorCode::BadUsage, "too many keys at once, or none"};
        std::vector<DeviceId> ids;
        std::vector<BytesView> bytes;
        for (const ImportedKey& one : keys) {
            if (one.key.size() < kShortestKey || one.key.size() > kLongestKey) return Error{ErrorCode::BadUsage, "a device key has 16 to 64 bytes"};
            ids.push_back(one.id);
            bytes.push_back(one.key.view());
        }
        return done(ask({{"op", "seal-keys"}, {"batch", batch}, {"ids", messages::fromIds(ids)}}, {messages::pack(bytes).view()}));
    }
    Result<DerivedKey> unseal(const std::string& batch, const DeviceId& id, const std::string& job) override {
        return derived(ask({{"op", "unseal"}, {"batch", batch}, {"id", id.text()}, {"job", job}}));
    }
    Result<void> forgetKeys(const std::string& batch, const std::vector<DeviceId>& ids) override {
        return done(ask({{"op", "forget-keys"}, {"batch", batch}, {"ids", messages::fromIds(ids)}}));
    }
    Result<std::vector<DeviceId>> heldKeys(const std::string& batch) override {
        const Reply reply = ask({{"op", "held-keys"}, {"batch", batch}});
        if (!reply) return reply.error();
        try {
            return messages::toIds(reply->body.at("ids"));
        } catch (const nlohmann::json::exception& problem) {
            return Error{ErrorCode::Internal, problem.what(), problem.id, "the signer's answer"};
        }
    }
    Result<std::vector<DerivedKey>> deriveFor(const std::vector<DeviceId>& ids, const std::vector<Slot>& slots,
                                              const Authority& authority) override {
        if (ids.size() > kMostDerivedAtOnce) return Error{ErrorCode::BadUsage, "too many IDs at once"};
        const std::size_t keys = ids.size() * slots.size();
        const std::size_t frames = (keys + kMostKeysAtOnce - 1) / kMostKeysAtOnce;
        const Body body{{"op", "derive-for"}, {"ids", messages::fromIds(ids)}, {"slots", messages::fromSlots(slots)}};
        const Reply reply = ask(withAuthority(body, authority), {authority.passphrase.view()},
                                Again::Yes, kLimit + messages::timeForDeriving(keys), frames);
        if (!reply) return reply.error();
        std::vector<DerivedKey> derived;
        for (const Secret& frame : reply->secrets) {
            auto some = messages::unpack(frame);
            if (!some) return Error{ErrorCode::Internal, some.error().detail, 0, "the signer's answer"};
            for (Secret& key : *some) derived.push_back({std::move(key), slots[derived.size() % slots.size()]});
        }
        if (derived.size() != keys) return Error{ErrorCode::Internal, "keys are missing", 0, "the signer's answer"};
        return derived;
    }
    Result<void> supervisorActs(const std::string& act, const std::string& about, const Authority& authority) override {
        return done(ask(withAuthority({{"op", "supervisor-acts"}, {"act", act}, {"about", about}}, authority), {authority.passphrase.view()}));
    }
    // These are not sent twice: a CA signature is never repeated blindly, nor is a key or a certificate replaced.
    Result<Bytes> proveCa(const std::string& code, Slot slot, const Authority& authority) override {
        const Body request{{"op", "prove-ca"}, {"code", code}, {"slot", std::string{name(slot)}}};
        return read<Bytes>(ask(withAuthority(request, authority), {authority.passphrase.view()}, Again::No),
                           [](const Body& body) { return messages::bytes(body.at("certificate")); });
    }
    Result<void> importGroupKey(Slot slot, const Secret& key, bool replace, const Authority& authority) override {
        return done(ask(withAuthority({{"op", "import-group-key"}, {"slot", std::string{name(slot)}}, {"replace", replace}}, authority),
                        {key.view(), authority.passphrase.view()}, Again::No));
    }
    Result<void> importWrappedGroupKey(Slot slot, const Bytes& wrapped, bool replace, const Authority& authority) override {
        const Body body{{"op", "import-wrapped-group-key"}, {"slot", std::string{name(slot)}}, {"replace", replace}, {"wrapped", wire::binary(wrapped)}};
        return done(ask(withAuthority(body, authority), {authority.passphrase.view()}, Again::No));
    }
    Result<HalfTaken> importGroupKeyHalf(Slot slot, int half, const Secret& share, bool replace, const Authority& authority) override {
        const Body body{{"op", "import-group-key-half"}, {"slot", std::string{name(slot)}}, {"half", half}, {"replace", replace}};
        return read<HalfTaken>(ask(withAuthority(body, authority), {share.view(), authority.passphrase.view()}, Again::No),
                               messages::toHalfTaken);
    }
    Result<CaRequested> requestCa(const CaRequest& request, const Authority& authority) override {
        Body body = messages::fromCaRequest(request);
        body["op"] = "request-ca";
        return read<CaRequested>(ask(withAuthority(body, authority), {authority.passphrase.view()}, Again::No, kKeyLimit),
                                 messages::toCaRequested);
    }
    Result<void> installCa(Slot slot, const std::string& chainPem, const Authority& authority) override {
        const Body body{{"op", "install-ca"}, {"slot", std::string{name(slot)}}, {"chain", chainPem}};
        return done(ask(withAuthority(body, authority), {authority.passphrase.view()}, Again::No));
    }
    Result<Crl> signCrl(Slot slot, const Authority& authority) override {
        const Body body{{"op", "sign-crl"}, {"slot", std::string{name(slot)}}};
        return read<Crl>(ask(withAuthority(body, authority), {authority.passphrase.view()}, Again::No), messages::toCrl);
    }
    Result<void> rollTo(Slot slot, const Authority& authority) override {
        return done(ask(withAuthority({{"op", "roll"}, {"slot", std::string{name(slot)}}}, authority), {authority.passphrase.view()}));
    }
    Result<SignedCheckpoint> signCheckpoint(const TreeHead& head, const std::vector<Digest>& proof) override {
        Body body = messages::fromHead(head);
        body["op"] = "sign-checkpoint";
        body["proof"] = Body::array();
        for (const Digest& node : proof) body["proof"].push_back(wire::binary(node));
        return read<SignedCheckpoint>(ask(body), messages::toCheckpoint);
    }
    Result<std::optional<SignedCheckpoint>> lastCheckpoint() override {
        return read<std::optional<SignedCheckpoint>>(ask({{"op", "last-checkpoint"}}), [](const Body& body) {
            std::optional<SignedCheckpoint> last;
            if (body.contains("checkpoint")) last = messages::toCheckpoint(body.at("checkpoint"));
            return last;
        });
    }
    Result<SignedCheckpoint> signSetBackLog(const TreeHead& head, const LogRow& admission, const Authority& authority) override {
        Body body = messages::fromHead(head);
        body["op"] = "sign-set-back-log";
        body["line"] = admission.line;
        body["number"] = admission.number;
        body["path"] = Body::array();
        for (const Digest& node : admission.path) body["path"].push_back(wire::binary(node));
        return read<SignedCheckpoint>(ask(withAuthority(body, authority), {authority.passphrase.view()}, Again::No), messages::toCheckpoint);
    }
    Result<std::vector<Issuance>> issuances(const std::string& batch, std::uint64_t after) override {
        return read<std::vector<Issuance>>(ask({{"op", "issuances"}, {"batch", batch}, {"after", after}}), messages::toIssuances);
    }
    Result<std::vector<std::string>> usedBatches() override {
        using Names = std::vector<std::string>;
        return read<Names>(ask({{"op", "used-batches"}}), [](const Body& body) { return body.at("batches").get<Names>(); });
    }
    Result<Bytes> signManifest(const std::string& json) override {
        return read<Bytes>(ask({{"op", "sign-manifest"}, {"json", wire::binary(asBytes(json))}}),
                           [](const Body& body) { return messages::bytes(body.at("signature")); });
    }
    Result<LedgerCounts> counts(const std::string& batch) override {
        return read<LedgerCounts>(ask({{"op", "counts"}, {"batch", batch}}), messages::toCounts);
    }
    Result<std::map<std::string, std::uint64_t>> signaturesByPurpose() override {
        using Purposes = std::map<std::string, std::uint64_t>;
        return read<Purposes>(ask({{"op", "signatures"}}), [](const Body& body) { return body.at("purposes").get<Purposes>(); });
    }
    Result<void> selfTest() override { return done(ask({{"op", "self-test"}}, {}, Again::No)); }

private:
    using Reply = Result<wire::Message>;

    Reply ask(const Body& body, const std::vector<BytesView>& secrets = {}, Again again = Again::Yes, milliseconds limit = kLimit,
              std::size_t mostSecrets = wire::kMostSecrets) {
        const auto deadline = Deadline::in(limit);
        for (;;) {
            auto connection = m_connector.take(deadline);
            if (!connection) return connection.error();
            Reply reply = exchange(connection->get(), body, secrets, deadline, mostSecrets);
            if (reply) {
                // only a connection that has given its answer may serve another call
                m_connector.giveBack(std::move(*connection));
                const auto error = reply->body.find("error");
                if (error == reply->body.end()) return reply;
                return wire::toError(*error);
            }
            const bool broke = reply.error().code == ErrorCode::SignerUnavailable;
            if (!broke || again == Again::No || deadline.passed()) return unavailable(reply.error());
        }
    }

    static Reply exchange(int socket, const Body& body, const std::vector<BytesView>& secrets, const Deadline& deadline,
                          std::size_t mostSecrets) {
        if (const auto sent = wire::send(socket, body, secrets); !sent) return sent.error();
        return wire::receive(socket, deadline, mostSecrets);
    }

    static Error unavailable(Error error) {
        if (error.code == ErrorCode::Timeout) error.code = ErrorCode::SignerUnavailable;
        return error;
    }

    static Result<void> done(const Reply& reply) {
        if (!reply) return reply.error();
        return {};
    }

    template <typename T, typename Reader>
    static Result<T> read(const Reply& reply, const Reader& reader) {
        if (!reply) return reply.error();
        try {
            return reader(reply->body);
        } catch (const nlohmann::json::exception& problem) {
            return Error{ErrorCode::Internal, problem.what(), problem.id, "the signer's answer"};
        }
    }

    static Result<DerivedKey> derived(Reply reply) {
        if (!reply) return reply.error();
        const auto slot = parseSlot(reply->body.value("slot", ""));
        if (!slot || reply->secrets.size() != 1) return Error{ErrorCode::Internal, "a derived key without its parts", 0, "the signer's answer"};
        return DerivedKey{std::move(reply->secrets.front()), *slot};
    }

    Connector m_connector;
};

}  // namespace

Result<std::unique_ptr<Signer>> connect(const SignerAddress& address) {
    auto client = std::make_unique<Client>(address);
    if (const auto joined = client->join(Deadline::in(seconds{10})); !joined) return joined.error();
    return std::unique_ptr<Signer>{std::move(client)};
}

}  // namespace keystamp::hsm
