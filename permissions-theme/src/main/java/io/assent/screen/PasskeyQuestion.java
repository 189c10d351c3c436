package io.assent.screen;

import io.assent.evidence.Circumstances.Display;
import io.assent.evidence.ShownContent;
import io.assent.passkey.PasskeyPrompt;
import io.assent.passkey.Passkeys;
import io.assent.request.ConsentRequest;
import io.assent.rules.SignatureDemand;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.RealmsResource;

/**
 * How a consent page has an approval signed by a passkey, as its template reads it. What is signed is made of this and
 * of what is chosen: see {@link SubmittedForm#covered}.
 *
 * @param challenge the request's
 * @param content the hash of what the page shows, see {@link ShownContent#hash}
 * @param prompt what the browser asks the customer's passkeys by, or {@code null} for a customer who has none
 * @param setUp where the customer sets one up, or {@code null} where the realm has no account console
 */
public record PasskeyQuestion(String challenge, String content, PasskeyPrompt prompt, URI setUp) {

    /** The account console's page for what a customer logs in by. */
    private static final String SIGNING_IN = "account-security/signing-in";

    public PasskeyQuestion {
        Objects.requireNonNull(challenge);
        Objects.requireNonNull(content);
    }

    /** @return empty where an approval need not be signed */
    static Optional<PasskeyQuestion> of(
            KeycloakSession session,
            UserModel customer,
            ConsentRequest question,
            SignatureDemand demand,
            Display display) {
        if (demand == SignatureDemand.NONE) {
            return Optional.empty();
        }
        return display.of(question.question())
                .map(shown -> new PasskeyQuestion(
                        question.challenge(),
                        shown.hash(),
                        Passkeys.of(session)
                                .prompt(customer, demand == SignatureDemand.KEY_AND_USER_VERIFICATION)
                                .orElse(null),
                        setUp(session)));
    }

    private static URI setUp(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        ClientModel console = realm.getClientByClientId(Constants.ACCOUNT_CONSOLE_CLIENT_ID);
        return console == null || !console.isEnabled()
                ? null
                : RealmsResource.accountUrl(session.getContext().getUri().getBaseUriBuilder())
                        .path(SIGNING_IN)
                        .build(realm.getName());
    }

    /** How long the browser waits for the customer, in milliseconds, as a text without separators; or empty. */
    public String timeout() {
        return prompt.timeout().map(Duration::toMillis).map(String::valueOf).orElse("");
    }

    /** The ids of the customer's passkeys, with spaces between them. */
    public String credentials() {
        return String.join(" ", prompt.credentialIds());
    }
}
