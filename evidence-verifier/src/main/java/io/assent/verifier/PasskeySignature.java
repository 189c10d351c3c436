package io.assent.verifier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.server.Base64Url;
import io.assent.server.CanonicalJson;
import io.assent.server.Sha256;
import io.assent.signature.Act;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An assertion by a passkey in the browser (Web Authentication Level 2, section 7.2), over a challenge that is the hash
 * of what was shown and chosen.
 */
final class PasskeySignature {

    /** The hash of the site's id, a byte of flags, and a counter (section 6.1). */
    private static final int LEAST_DATA = 37;

    private static final int HASH_BYTES = 32;
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;

    private static final Set<String> COVERED = Set.of("accounts", "chl", "dsp", "permissions");
    private static final Set<String> CONFIRMED = Set.of("chl", "confirm", "dsp", "permissions");

    private static final ObjectMapper JSON = new ObjectMapper();

    static Signature of(Document document, JsonNode kept, Act act, BankThen bank) {
        Optional<byte[]> clientData = bytes(kept.path("clientDataJSON"));
        Optional<byte[]> data = bytes(kept.path("authenticatorData"));
        Optional<byte[]> signature = bytes(kept.path("signature"));
        Optional<PasskeyKey> key = PasskeyKey.of(kept.path("publicKey").asText());
        Optional<JsonNode> client = clientData.flatMap(PasskeySignature::object);
        if (client.isEmpty() || data.isEmpty() || data.get().length < LEAST_DATA || signature.isEmpty()) {
            return new Signature.Flawed("The assertion of the passkey is none.");
        }
        if (key.isEmpty()) {
            return new Signature.Flawed("The public key of the passkey is none that is known here.");
        }
        Optional<String> algorithm = key.get().verifies(signed(data.get(), clientData.get()), signature.get());
        Optional<String> flaw = clientFlaw(client.get(), kept.path("covered").asText())
                .or(() -> siteFlaw(client.get(), data.get(), bank))
                .or(() -> (data.get()[HASH_BYTES] & USER_PRESENT) == 0
                        ? Optional.of("By the authenticator's word nobody was there.")
                        : Optional.empty())
                .or(() -> coveredFlaw(document, kept.path("covered").asText(), act))
                .or(() -> algorithm.isPresent()
                        ? Optional.empty()
                        : Optional.of("The assertion is not by the key of the passkey."));
        return flaw.<Signature>map(Signature.Flawed::new)
                .orElseGet(() -> new Signature.Sound(lines(kept, client.get(), data.get(), algorithm.get())));
    }

    private static Optional<String> clientFlaw(JsonNode client, String covered) {
        if (!client.path("type").asText().equals("webauthn.get")) {
            return Optional.of("The passkey did not sign an assertion: type is not webauthn.get.");
        }
        return client.path("challenge").asText().equals(Sha256.base64Url(covered))
                ? Optional.empty()
                : Optional.of("The challenge that the passkey signed is not the hash of what is covered.");
    }

    /** Whether the browser showed a site of the bank, and the passkey is that of its host, or of a domain above it. */
    private static Optional<String> siteFlaw(JsonNode client, byte[] data, BankThen bank) {
        Set<String> hosts = bank.hosts(client.path("origin").asText());
        if (hosts.isEmpty()) {
            return Optional.of("The browser's origin is another site than the bank's.");
        }
        byte[] site = Arrays.copyOf(data, HASH_BYTES);
        return hosts.stream().anyMatch(host -> isOf(site, host))
                ? Optional.empty()
                : Optional.of("The passkey is that of another site than the bank's.");
    }

    private static boolean isOf(byte[] site, String host) {
        String domain = host;
        while (!domain.isEmpty()) {
            if (Arrays.equals(site, sha256(domain.getBytes(StandardCharsets.UTF_8)))) {
                return true;
            }
            domain = domain.contains(".") ? domain.substring(domain.indexOf('.') + 1) : "";
        }
        return false;
    }

    private static Optional<String> coveredFlaw(Document document, String text, Act act) {
        Optional<JsonNode> read = object(text.getBytes(StandardCharsets.UTF_8));
        Set<String> names = new HashSet<>();
        read.ifPresent(object -> object.fieldNames().forEachRemaining(names::add));
        if (!names.equals(act == Act.APPROVE ? COVERED : CONFIRMED)
                || !CanonicalJson.of(read.get()).equals(text)) {
            return Optional.of("What the passkey covers is not of its form.");
        }
        JsonNode covered = read.get();
        if (!document.text("/request/challenge")
                .equals(Optional.of(covered.path("chl").asText()))) {
            return Optional.of("The passkey covers another challenge than the request's.");
        }
        if (!document.text("/contentHash")
                .equals(Optional.of(covered.path("dsp").asText()))) {
            return Optional.of("The passkey covers other content than was shown.");
        }
        if (!permissionsMatch(document, covered.path("permissions"), act)) {
            return Optional.of("The passkey covers other permissions than were granted.");
        }
        if (act == Act.CONFIRM) {
            return covered.path("confirm").equals(document.at("/request/id"))
                    ? Optional.empty()
                    : Optional.of("The passkey covers another consent.");
        }
        return ChosenAccounts.match(
                        document.at("/request/askedDetails"),
                        document.at("/decision/grantedDetails"),
                        covered.path("accounts"))
                ? Optional.empty()
                : Optional.of("The passkey covers other accounts than were granted.");
    }

    /** A page on which nothing can be ticked grants all that is asked. */
    private static boolean permissionsMatch(Document document, JsonNode permissions, Act act) {
        Set<String> ticked = new TreeSet<>();
        permissions.forEach(name -> ticked.add(name.asText()));
        Set<String> granted = document.names("/decision/grantedScopes");
        return permissions.isArray()
                && (ticked.equals(granted)
                        || (act == Act.APPROVE
                                && ticked.isEmpty()
                                && granted.equals(document.names("/request/askedScopes"))));
    }

    private static byte[] signed(byte[] data, byte[] clientData) {
        byte[] hash = sha256(clientData);
        byte[] signed = Arrays.copyOf(data, data.length + hash.length);
        System.arraycopy(hash, 0, signed, data.length, hash.length);
        return signed;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Optional<byte[]> bytes(JsonNode text) {
        return Base64Url.decode(text.asText()).filter(bytes -> bytes.length > 0);
    }

    private static Optional<JsonNode> object(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readTree(json)).filter(JsonNode::isObject);
        } catch (IOException noJson) {
            return Optional.empty();
        }
    }

    private static List<String> lines(JsonNode kept, JsonNode client, byte[] data, String algorithm) {
        boolean verified = (data[HASH_BYTES] & USER_VERIFIED) != 0;
        return List.of(
                "Signed        by the passkey " + kept.path("credentialId").asText() + " (" + algorithm + "), at "
                        + client.path("origin").asText(),
                "              over exactly what was shown and chosen, and the challenge",
                "              the authenticator says that "
                        + (verified ? "it verified the customer" : "somebody was there (no user verification)"),
                "Attestation   none was kept: what kind of authenticator holds the key is not proved");
    }

    private PasskeySignature() {}
}
