package io.assent.request;

import io.assent.server.AssentEventListener;
import io.assent.server.AssentEventListenerFactory;
import org.keycloak.models.KeycloakSession;

/** Makes {@link WithdrawnApprovals}. */
public final class WithdrawnApprovalsFactory implements AssentEventListenerFactory {

    @Override
    public AssentEventListener create(KeycloakSession session) {
        return new WithdrawnApprovals(session);
    }

    @Override
    public String getId() {
        return "withdrawn-approvals";
    }
}
