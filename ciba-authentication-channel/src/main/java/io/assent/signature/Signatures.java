package io.assent.signature;

import io.assent.detail.DetailTypes;
import io.assent.detail.Details;
import io.assent.device.Device;
import io.assent.device.Devices;
import io.assent.device.EnrolledKey;
import io.assent.device.Es256;
import io.assent.device.attestation.KeyAttestation;
import io.assent.evidence.KeptSignature;
import io.assent.passkey.PasskeyAssertion;
import io.assent.passkey.PasskeyResult;
import io.assent.passkey.Passkeys;
import io.assent.permission.PermissionCatalogue;
import io.assent.rules.ConsentRules;
import io.assent.rules.ConsentRules.SigningKey;
import io.assent.rules.SignatureDemand;
import io.assent.server.Customer;
import io.assent.server.Parties;
import io.assent.server.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.keycloak.common.crypto.CryptoIntegration;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/**
 * Whether a customer's yes has to be signed, and whether it is: over what the customer was shown and what is granted,
 * by a key that the customer alone has (RTS, articles 4 and 5). A no is never signed.
 */
public final class Signatures {

    private final Rules rules;
    private final Function<Parties, SigningKey> signingKeys;
    private final Function<Customer, List<Device>> devices;
    private final PasskeyCheck passkeys;
    private final Es256 es256;
    private final UnaryOperator<String> issuers;

    /**
     * @param signingKeys which key can sign an answer to a client
     * @param issuers the issuer of a realm by its id
     */
    Signatures(
            Rules rules,
            Function<Parties, SigningKey> signingKeys,
            Function<Customer, List<Device>> devices,
            PasskeyCheck passkeys,
            Es256 es256,
            UnaryOperator<String> issuers) {
        this.rules = rules;
        this.signingKeys = signingKeys;
        this.devices = devices;
        this.passkeys = passkeys;
        this.es256 = es256;
        this.issuers = issuers;
    }

    public static Signatures of(KeycloakSession session) {
        Devices devices = Devices.of(session);
        return new Signatures(
                (parties, permissions, details) -> demand(session, parties, permissions, details),
                parties ->
                        ConsentRules.of(session, parties.clientId()).deciding().signingKey(),
                devices::list,
                (customer, assertion, challenge) -> Passkeys.of(session)
                        .verify(
                                session.users().getUserById(session.getContext().getRealm(), customer.userId()),
                                assertion,
                                challenge),
                Es256.of(CryptoIntegration.getProvider().getBouncyCastleProvider()),
                realmId -> Urls.realmIssuer(
                        session.getContext().getUri(UrlType.FRONTEND).getBaseUri(),
                        session.realms().getRealm(realmId).getName()));
    }

    private static SignatureDemand demand(
            KeycloakSession session, Parties parties, Set<String> permissions, Details details) {
        return ConsentRules.of(session, parties.clientId())
                .signature(!details.isEmpty() && DetailTypes.of(session).isOneTime(details)
                        || hasOneTime(session, parties, permissions));
    }

    private static boolean hasOneTime(KeycloakSession session, Parties parties, Set<String> permissions) {
        ClientModel client =
                session.clients().getClientById(session.getContext().getRealm(), parties.clientId());
        return client != null && PermissionCatalogue.hasOneTime(client, permissions);
    }

    /**
     * What a yes to a client has to be signed with.
     *
     * @param permissions the names of those that the client asks for
     * @param details the authorization details that it asks for
     */
    public SignatureDemand demand(Parties parties, Set<String> permissions, Details details) {
        return rules.demand(parties, permissions, details);
    }

    /**
     * Looks at what came with a yes.
     *
     * @param demand what the bank demands; what comes unasked is looked at all the same
     */
    public SignatureVerdict check(Approval approval, SignatureDemand demand, Optional<DecisionSignature> signature) {
        if (signature.isEmpty()) {
            return SignatureVerdict.ofNone(demand);
        }
        if (approval.challenge() == null) {
            return new SignatureVerdict.Invalid(
                    SignatureFlaw.CHALLENGE, "The request was made before answers were signed");
        }
        return signature.get() instanceof DecisionSignature.Jws jws
                ? check(approval, demand, jws)
                : new SignedForm(approval, (DecisionSignature.Assertion) signature.get()).check(demand, passkeys);
    }

    private SignatureVerdict check(Approval approval, SignatureDemand demand, DecisionSignature.Jws jws) {
        List<Device> known = devices.apply(approval.parties().customer());
        SignedDecision.Finding finding =
                SignedDecision.check(jws.compact(), es256, keyId -> signers(known, keyId), facts(approval));
        if (finding instanceof SignedDecision.Flawed flawed) {
            return new SignatureVerdict.Invalid(flawed.flaw(), flawed.why());
        }
        if (!(finding instanceof SignedDecision.Sound sound)) {
            return new SignatureVerdict.OtherContent();
        }
        KeyAttestation attestation = attestation(known, sound.signer().deviceId());
        boolean verifying = demand == SignatureDemand.KEY_AND_USER_VERIFICATION;
        if (demand != SignatureDemand.NONE
                && signingKeys.apply(approval.parties()) == SigningKey.ATTESTED
                && !isEnough(attestation, verifying)) {
            return new SignatureVerdict.Invalid(
                    SignatureFlaw.KEY,
                    "The bank wants a key that is attested to be in hardware"
                            + (verifying ? ", which verifies the customer each time" : ""));
        }
        return verifying && !sound.userVerified()
                ? new SignatureVerdict.Missing(
                        demand, "The customer has to be verified by the device, and amr has to say how.")
                : new SignatureVerdict.Signed(
                        sound.signer().deviceId(),
                        new KeptSignature.Jws(
                                jws.compact(),
                                sound.signer().key().jwk(),
                                attestation.json().toString()));
    }

    private static KeyAttestation attestation(List<Device> known, String deviceId) {
        return known.stream()
                .filter(device -> device.id().equals(deviceId))
                .flatMap(device -> device.enrolledKey().stream())
                .map(EnrolledKey::attestation)
                .findFirst()
                .orElse(KeyAttestation.NONE);
    }

    private static boolean isEnough(KeyAttestation attestation, boolean verifying) {
        return attestation.level() == KeyAttestation.Level.HARDWARE && (!verifying || attestation.userVerification());
    }

    private DecisionFacts facts(Approval approval) {
        return new DecisionFacts(
                approval.act(),
                issuers.apply(approval.parties().realmId()),
                approval.parties().userId(),
                approval.id(),
                approval.scopes(),
                Sha256.base64Url(approval.details().json()),
                approval.shown().hash(),
                approval.challenge(),
                approval.askedAt(),
                approval.expiresAt(),
                approval.at());
    }

    private static List<SignedDecision.Signer> signers(List<Device> known, String keyId) {
        return known.stream()
                .flatMap(device -> device
                        .enrolledKey()
                        .map(EnrolledKey::key)
                        .filter(key -> key.id().equals(keyId))
                        .map(key -> new SignedDecision.Signer(device.id(), key))
                        .stream())
                .toList();
    }

    /** Whether a passkey of a customer made an assertion, as {@link Passkeys#verify} says. */
    @FunctionalInterface
    interface PasskeyCheck {

        PasskeyResult verify(Customer customer, PasskeyAssertion assertion, String challenge);
    }

    /** What the bank demands. */
    @FunctionalInterface
    interface Rules {

        /** As {@link Signatures#demand}. */
        SignatureDemand demand(Parties parties, Set<String> permissions, Details details);
    }
}
