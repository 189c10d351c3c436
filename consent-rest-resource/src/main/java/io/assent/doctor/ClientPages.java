package io.assent.doctor;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The clients of a realm, in pages, each in a transaction of its own: of very many none is kept for long. */
final class ClientPages {

    private static final int PAGE = 50;

    /** A realm with more is not looked at as a whole. */
    private static final int MOST_CLIENTS = 20_000;

    private final KeycloakSessionFactory sessions;
    private final String realmId;

    ClientPages(KeycloakSessionFactory sessions, String realmId) {
        this.sessions = sessions;
        this.realmId = realmId;
    }

    /** Shows them one by one, in the order of their {@code client_id}s, and says how many there were. */
    Read forEach(Consumer<ClientFacts> reader) {
        int read = 0;
        while (read < MOST_CLIENTS) {
            List<ClientFacts> page = page(read);
            page.forEach(reader);
            read += page.size();
            if (page.size() < PAGE) {
                return new Read(read, true);
            }
        }
        return new Read(read, false);
    }

    /** Whether one of them is like this; reads no more than it takes to know. */
    boolean any(Predicate<ClientFacts> wanted) {
        for (int read = 0; read < MOST_CLIENTS; read += PAGE) {
            List<ClientFacts> page = page(read);
            if (page.stream().anyMatch(wanted)) {
                return true;
            }
            if (page.size() < PAGE) {
                return false;
            }
        }
        return false;
    }

    private List<ClientFacts> page(int first) {
        return KeycloakModelUtils.runJobInTransactionWithResult(sessions, session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            return realm == null
                    ? List.of()
                    : realm.getClientsStream(first, PAGE)
                            .map(client -> ClientFacts.of(realm, client))
                            .toList();
        });
    }

    /** @param all whether no client is left */
    record Read(int clients, boolean all) {}
}
