package io.assent.evidence;

import io.assent.detail.Details;
import io.assent.permission.RequestedPermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.UserSessionModel;

/**
 * In what circumstances a customer reads or answers.
 *
 * @param presence whose session it is
 * @param acr how the customer was authenticated ({@code acr}, OpenID Connect Core 1.0, section 2), or {@code null}
 *     where nobody said
 * @param authTime when, or {@code null} where nobody said
 * @param address the address that the call came from, as the server sees it behind its proxies; or {@code null}
 * @param display what is shown
 */
public record Circumstances(Presence presence, String acr, Instant authTime, String address, Display display) {

    /** Nothing is known: the server itself answers, as in a sandbox. */
    public static final Circumstances UNKNOWN =
            new Circumstances(Presence.SERVER, null, null, null, question -> Optional.empty());

    private static final int MAX_ACR = 255;

    /** What a proxy passes on can be any text; an IPv6 address with its zone is shorter. */
    private static final int MAX_ADDRESS = 64;

    public Circumstances {
        Objects.requireNonNull(presence);
        Objects.requireNonNull(display);
        acr = fitting(acr, MAX_ACR);
        address = fitting(address, MAX_ADDRESS);
    }

    private static String fitting(String text, int max) {
        return text == null || text.length() > max ? null : text;
    }

    /** Whose session it is. */
    public enum Presence {
        /** The customer logged in to it. */
        CUSTOMER,
        /** An admin is in it, in the customer's place. */
        IMPERSONATED,
        /** It is good for long after the customer's login, wherever its token went. */
        OFFLINE,
        /** There is none that the server knows. */
        NONE,
        /** None is needed: the server itself answers. */
        SERVER;

        /** @param session the session that was found, or {@code null} */
        public static Presence of(UserSessionModel session) {
            if (session == null) {
                return NONE;
            }
            if (session.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null) {
                return IMPERSONATED;
            }
            return session.isOffline() ? OFFLINE : CUSTOMER;
        }
    }

    /**
     * What a customer is asked.
     *
     * @param clientId the internal id of the client that asks
     * @param bindingMessage or {@code null}
     */
    public record Question(String clientId, RequestedPermissions permissions, Details details, String bindingMessage) {}

    /** Knows what a customer is shown. */
    @FunctionalInterface
    public interface Display {

        /** @return empty where it is not known */
        Optional<ShownContent> of(Question question);
    }
}
