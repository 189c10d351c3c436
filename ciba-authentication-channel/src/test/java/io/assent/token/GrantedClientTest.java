package io.assent.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.consent.Consent;
import io.assent.consent.ConsentsInMemory;
import io.assent.consent.GrantedPermission;
import io.assent.permission.change.Change;
import io.assent.permission.change.Changes;
import io.assent.permission.change.Kind;
import io.assent.permission.change.NamedScope;
import io.assent.rules.ConsentRules;
import io.assent.server.Parties;
import io.assent.standin.StandIn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.delegate.ClientModelLazyDelegate;

/** A client as a refresh sees it, who looks at it again and again. */
class GrantedClientTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final Change LOANS = widen("loans", "loans", "rates");
    private static final Change CARDS = widen("cards", "cards", "limits");
    private static final Changes CHANGES = new Changes(1, List.of(LOANS, CARDS));

    private final Client client = new Client(Set.of("loans", "cards"), Set.of("rates", "limits", "other"));
    private final List<Change> lookedUp = new ArrayList<>();
    private Set<String> answered = Set.of();

    private GrantedClient granting(String... names) {
        Consent consent = new ConsentsInMemory()
                .consents(ConsentRules.DEFAULT, () -> NOW)
                .grantOwn(
                        new Parties("bank", "acme", "alice"),
                        "request",
                        Consent.Access.to(Stream.of(names)
                                .map(name -> new GrantedPermission(id(name), name))
                                .toList()),
                        "session");
        return new GrantedClient(client, consent, change -> {
            lookedUp.add(change);
            return answered;
        });
    }

    @Test
    void whatAnotherLoginAskedForIsLookedUpOncePerChangeHoweverOftenItIsAskedAbout() {
        GrantedClient granted = granting("loans", "rates");

        for (int times = 0; times < 3; times++) {
            assertThat(granted.related(CHANGES, Set.of("loans"))).containsExactly("loans");
        }

        assertThat(lookedUp).containsExactly(LOANS);
    }

    @Test
    void whatTheCustomerGrantedOnTopComesOnTop() {
        answered = Set.of("rates");
        GrantedClient granted = granting("loans", "rates");

        assertThat(granted.related(CHANGES, Set.of("loans"))).containsExactlyInAnyOrder("loans", "rates");
        assertThat(granted.related(CHANGES, Set.of("cards"))).containsExactly("cards");
        assertThat(lookedUp).containsExactly(LOANS);
    }

    @Test
    void whereNothingCameOnTopNothingIsLookedUp() {
        GrantedClient granted = granting("loans", "other");

        assertThat(granted.related(CHANGES, Set.of("loans"))).containsExactly("loans");
        assertThat(granting("loans", "rates").related(CHANGES, Set.of("loans", "rates")))
                .containsExactlyInAnyOrder("loans", "rates");

        assertThat(lookedUp).isEmpty();
    }

    @Test
    void theClientsScopesAreReadOnceOfEachKind() {
        GrantedClient granted = granting("loans", "rates");

        for (int times = 0; times < 3; times++) {
            assertThat(granted.getClientScopes(true)).containsOnlyKeys("loans");
            assertThat(granted.getClientScopes(false)).containsOnlyKeys("rates");
            assertThat(granted.granted(Set.of("loans", "cards", "openid")))
                    .containsExactlyInAnyOrder("loans", "openid");
            assertThat(granted.isNarrowerThan(Set.of("loans"))).isTrue();
            assertThat(granted.isAssigned("limits")).isTrue();
            assertThat(granted.isAssigned("rates of old")).isFalse();
        }

        assertThat(client.reads).containsExactlyInAnyOrderEntriesOf(Map.of(true, 1, false, 1));
    }

    private static String id(String name) {
        return "id-" + name;
    }

    private static Change widen(String id, String from, String more) {
        return new Change(
                id,
                Kind.WIDEN,
                List.of(new NamedScope(id(from), from)),
                List.of(new NamedScope(id(more), more)),
                30,
                NOW,
                false,
                false);
    }

    /** As the server's, with what a refresh looks at, and how often. */
    private static final class Client extends ClientModelLazyDelegate {

        private static final RealmModel REALM = StandIn.of(RealmModel.class, (proxy, method, arguments) -> null);

        private final Map<Boolean, Set<String>> names;
        private final Map<Boolean, Integer> reads = new HashMap<>();

        Client(Set<String> byDefault, Set<String> optional) {
            super(() -> null);
            names = Map.of(true, byDefault, false, optional);
        }

        @Override
        public boolean isConsentRequired() {
            return true;
        }

        @Override
        public Map<String, ClientScopeModel> getClientScopes(boolean defaultScope) {
            reads.merge(defaultScope, 1, Integer::sum);
            return names.get(defaultScope).stream().collect(Collectors.toMap(name -> name, Client::scope));
        }

        private static ClientScopeModel scope(String name) {
            return StandIn.of(ClientScopeModel.class, (proxy, method, arguments) -> switch (method.getName()) {
                case "getId" -> id(name);
                case "getName" -> name;
                case "isDisplayOnConsentScreen" -> true;
                case "getRealm" -> REALM;
                default -> null;
            });
        }
    }
}
