package io.assent.safeguard;

import io.assent.consent.ConsentEvent.Ended;
import io.assent.consent.ConsentStatus;
import io.assent.server.AssentEvent;
import io.assent.server.AssentEventListener;
import java.util.HashSet;
import java.util.Set;
import org.keycloak.models.KeycloakSession;

/** Remembers what the tokens of this server call used up: nothing else grants a permission that is asked each time. */
record UsedUp(KeycloakSession session) implements AssentEventListener {

    private static final String ATTRIBUTE = UsedUp.class.getName();

    @Override
    public void onEvent(AssentEvent event) {
        if (event instanceof Ended ended && ended.consent().status() == ConsentStatus.CONSUMED) {
            Set<String> scopeIds = new HashSet<>(in(session));
            scopeIds.addAll(ended.consent().scopeIds());
            session.setAttribute(ATTRIBUTE, scopeIds);
        }
    }

    /** The ids of client scopes. */
    @SuppressWarnings("unchecked")
    static Set<String> in(KeycloakSession session) {
        return session.getAttributeOrDefault(ATTRIBUTE, Set.of());
    }
}
