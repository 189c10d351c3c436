package io.assent.confirmation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.consent.Actor;
import io.assent.consent.ConfirmResult;
import io.assent.consent.Consent;
import io.assent.consent.Consents;
import io.assent.consent.Consents.SignedYes;
import io.assent.evidence.ShownContent;
import io.assent.evidence.SignedContent;
import io.assent.rules.SignatureDemand;
import io.assent.server.CanonicalJson;
import io.assent.server.Customer;
import io.assent.server.ServerTime;
import io.assent.signature.Act;
import io.assent.signature.Approval;
import io.assent.signature.DecisionSignature;
import io.assent.signature.SignatureVerdict;
import io.assent.signature.Signing;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import org.keycloak.crypto.KeyUse;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/**
 * The door to confirmations: what a customer's yes again to a consent has to be signed with, and whether it is. Belongs
 * to the caller's transaction.
 */
public final class Confirmations {

    /** For how long a challenge is good. */
    public static final Duration CHALLENGE_LIFE = ConfirmationChallenge.LIFE;

    private static final String HMAC = "HmacSHA256";

    private final Consents consents;
    private final Signing signing;
    private final UnaryOperator<byte[]> mac;
    private final InstantSource clock;

    /** @param mac by a key that the realm alone has */
    Confirmations(Consents consents, Signing signing, UnaryOperator<byte[]> mac, InstantSource clock) {
        this.consents = consents;
        this.signing = signing;
        this.mac = mac;
        this.clock = clock;
    }

    /** Those of the realm that the session is in. */
    public static Confirmations of(KeycloakSession session) {
        return new Confirmations(
                Consents.of(session), Signing.of(session), bytes -> mac(session, bytes), ServerTime::now);
    }

    private static byte[] mac(KeycloakSession session, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(session.keys()
                    .getActiveKey(session.getContext().getRealm(), KeyUse.SIG, Constants.INTERNAL_SIGNATURE_ALGORITHM)
                    .getSecretKey());
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    /** What the customer is asked; empty where the consent has ended, and can't be confirmed. */
    public Optional<Question> question(Consent consent) {
        Instant now = clock.instant();
        return consent.status().isLive() && !consent.isOver(now)
                ? Optional.of(new Question(
                        ConfirmationChallenge.give(consent, now, mac).text(), demand(consent)))
                : Optional.empty();
    }

    /**
     * The customer says yes again, as {@link Consents#confirm} has it. Never by the client that has the consent.
     *
     * @param clientId the internal id of the client by which the customer does
     * @param signature what came with it, if anything did
     * @param display what the customer is shown of a consent; empty where that is not known
     */
    public ConfirmResult confirm(
            Customer customer,
            String id,
            String clientId,
            Optional<DecisionSignature> signature,
            Function<Consent, Optional<ShownContent>> display) {
        if (consents.find(customer, id)
                .filter(consent -> consent.parties().clientId().equals(clientId))
                .isPresent()) {
            return new ConfirmResult.OwnClient();
        }
        return consents.confirm(customer, id, Actor.CUSTOMER, (consent, now) -> signature
                .map(sent -> check(consent, now, sent, display))
                .orElseGet(() -> new SignedYes(SignatureVerdict.ofNone(demand(consent)))));
    }

    private SignedYes check(
            Consent consent, Instant now, DecisionSignature sent, Function<Consent, Optional<ShownContent>> display) {
        Optional<ShownContent> shown = display.apply(consent);
        if (shown.isEmpty()) {
            return new SignedYes(new SignatureVerdict.OtherContent());
        }
        // one that was not given for this is compared with one that nobody was told
        ConfirmationChallenge challenge = sent.challenge()
                .flatMap(claimed -> ConfirmationChallenge.read(claimed, consent, now, mac))
                .orElseGet(() -> ConfirmationChallenge.give(consent, now, mac));
        SignatureVerdict verdict = signing.check(
                new Approval(
                        Act.CONFIRM,
                        consent.parties(),
                        consent.id(),
                        challenge.text(),
                        challenge.givenAt(),
                        challenge.expiresAt(),
                        consent.names(),
                        consent.details(),
                        shown.get(),
                        now),
                demand(consent),
                Optional.of(sent));
        return verdict instanceof SignatureVerdict.Signed signed
                ? new SignedYes(verdict, Optional.of(new SignedContent(challenge.text(), shown.get(), signed.kept())))
                : new SignedYes(verdict);
    }

    private SignatureDemand demand(Consent consent) {
        return signing.demand(consent.parties(), consent.names(), consent.details());
    }

    /**
     * The text whose SHA-256 a passkey signs, in canonical form (RFC 8785): that this consent goes on, with what it
     * grants, as it was shown.
     *
     * @param challenge that of the {@link Question}
     * @param contentHash of what was shown
     */
    public static String covered(Consent consent, String challenge, String contentHash) {
        ObjectNode covered = JsonNodeFactory.instance
                .objectNode()
                .put("chl", challenge)
                .put("confirm", consent.id())
                .put("dsp", contentHash);
        ArrayNode permissions = covered.putArray("permissions");
        consent.names().stream().sorted().forEach(permissions::add);
        return CanonicalJson.of(covered);
    }

    /** When a challenge was given by which something was signed; empty where it is none of a confirmation's. */
    public static Optional<Instant> askedAt(String challenge) {
        return ConfirmationChallenge.givenAt(challenge);
    }

    /**
     * What a customer is asked who is to say yes again.
     *
     * @param challenge what has to come back in a signed answer, soon
     * @param demand what the answer has to be signed with
     */
    public record Question(String challenge, SignatureDemand demand) {}
}
