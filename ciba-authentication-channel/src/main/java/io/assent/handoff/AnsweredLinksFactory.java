package io.assent.handoff;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link AnsweredLinks}. */
public final class AnsweredLinksFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new AnsweredLinks(() -> Handoff.of(session));
    }

    @Override
    public String getId() {
        return "answered-links";
    }
}
