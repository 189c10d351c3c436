package io.assent.detail;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.rar.AuthorizationDetailsProcessor;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The parameter {@code authorization_details} where the server itself knows it too: whose it is, what a browser's
 * request asks for by it, and what was kept of that for the login.
 */
public final class DetailParameters {

    private static final String NOTE = "assent.authorization_details";

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

    /** Keeps what is asked for while the customer logs in, in a note that stays when the login starts anew. */
    public static void keep(AuthenticationSessionModel login, Details asked) {
        asked.findJson().ifPresentOrElse(json -> login.setClientNote(NOTE, json), () -> login.removeClientNote(NOTE));
    }

    /** What is asked for in this login: exactly what was looked at when it began. */
    public static Details keptIn(AuthenticationSessionModel login) {
        return Details.parse(login.getClientNote(NOTE));
    }
}
