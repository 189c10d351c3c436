package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.protocol.oidc.rar.AuthorizationDetailsProcessor;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Reads the parameter {@code authorization_details} where the server itself knows it too: says whether its types are
 * the pack's or the server's, reads the pack's, and keeps them for the login.
 */
public final class DetailParameters {

    private static final String NOTE = "assent.authorization_details";

    private static final String BESIDE = NOTE + '.';

    /** In characters. */
    private static final int LONGEST_NOTE = 1_024;

    /** The server's own, which it takes where the feature is on, and which it refuses itself where it is off. */
    private static final String CREDENTIAL = "openid_credential";

    /** The longest that is looked into, in characters: as long as the server lets a parameter of its own be. */
    private static final int LONGEST = 20_000;

    private final Predicate<String> ours;
    private final Predicate<String> servers;
    private final Function<ClientModel, Function<String, DetailReading>> reader;

    /**
     * @param ours whether a type is the pack's
     * @param servers whether a type is the server's
     * @param reader reads what a client sent
     */
    DetailParameters(
            Predicate<String> ours,
            Predicate<String> servers,
            Function<ClientModel, Function<String, DetailReading>> reader) {
        this.ours = ours;
        this.servers = servers;
        this.reader = reader;
    }

    public static DetailParameters of(KeycloakSession session) {
        DetailTypes types = DetailTypes.of(session);
        return new DetailParameters(
                types::isKnown,
                type -> type.equals(CREDENTIAL)
                        || session.listProviderIds(AuthorizationDetailsProcessor.class)
                                .contains(type),
                client -> sent -> types.read(client, sent));
    }

    /** Whether all of it is of types that are the server's, which then reads it alone. A mixture is not. */
    public boolean areTheServers(String sent) {
        return types(sent)
                .filter(types -> !types.isEmpty())
                .filter(types -> types.stream().allMatch(type -> servers.test(type) && !ours.test(type)))
                .isPresent();
    }

    /** Whether some of it is of a type that is the pack's, or may be: it can't be read. */
    public boolean mayBeOurs(String sent) {
        return types(sent)
                .map(types -> types.isEmpty() || types.stream().anyMatch(ours))
                .orElse(true);
    }

    /** The types of what was sent; empty where it is no list of details that can be read in one way alone. */
    private static Optional<Set<String>> types(String sent) {
        return Optional.of(sent)
                .filter(text -> text.length() <= LONGEST)
                .flatMap(DetailJson::unambiguous)
                .filter(JsonNode::isArray)
                .filter(list -> StreamSupport.stream(list.spliterator(), false)
                        .allMatch(detail -> detail.path(DetailJson.TYPE).isTextual()))
                .map(list -> {
                    Set<String> types = new HashSet<>();
                    list.forEach(detail -> types.add(detail.get(DetailJson.TYPE).textValue()));
                    return types;
                });
    }

    /** Whether anything was sent that is not the server's alone. */
    public boolean areSent(SentDetails sent) {
        return !sent.texts().stream().allMatch(this::areTheServers);
    }

    /** What a client asks for. Nothing where what it sent is the server's alone. */
    public DetailReading read(ClientModel client, SentDetails sent) {
        return areSent(sent)
                ? sent.flaw().<DetailReading>map(DetailFlaw::new).orElseGet(() -> reader.apply(client)
                        .apply(sent.texts().get(0)))
                : Details.NONE;
    }

    /**
     * Keeps what is asked for while the customer logs in, in a note that stays when the login starts anew. The note is
     * part of a cookie, too, which browsers and proxies take up to a length: what is longer is kept beside it.
     */
    public static void keep(KeycloakSession session, AuthenticationSessionModel login, Details asked) {
        login.removeClientNote(NOTE);
        asked.findJson()
                .map(json -> json.length() <= LONGEST_NOTE ? json : keepBeside(session, login.getRealm(), json))
                .ifPresent(note -> login.setClientNote(NOTE, note));
    }

    private static String keepBeside(KeycloakSession session, RealmModel realm, String json) {
        String id = UUID.randomUUID().toString();
        // a login that took too long starts anew by the cookie, once
        int lifespan = 2 * SessionExpiration.getAuthSessionLifespan(realm);
        session.singleUseObjects().put(BESIDE + id, lifespan, Map.of(Details.PARAMETER, json));
        return id;
    }

    /**
     * What is asked for in this login: exactly what was looked at when it began.
     *
     * @throws ErrorPageException where it is not known any more, so that the login can't go on without it
     */
    public static Details keptIn(AuthenticationSessionModel login) {
        String note = login.getClientNote(NOTE);
        return Details.parse(note == null || note.startsWith("[") ? note : keptBeside(login, note));
    }

    private static String keptBeside(AuthenticationSessionModel login, String id) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        Map<String, String> kept = session.singleUseObjects().get(BESIDE + id);
        if (kept == null) {
            throw new ErrorPageException(session, login, Response.Status.BAD_REQUEST, Messages.EXPIRED_CODE);
        }
        return kept.get(Details.PARAMETER);
    }

    /** The login is over, and its code fetched: the server has put its notes into the client's session. */
    public static void forget(AuthenticatedClientSessionModel clientSession) {
        if (clientSession.getNote(NOTE) != null) {
            clientSession.removeNote(NOTE);
        }
    }
}
