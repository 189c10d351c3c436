package io.assent.push;

import java.util.Set;
import java.util.TreeSet;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The platforms that this server can push to, and which of them a realm's customers may use. */
public final class Platforms {

    private final KeycloakSession session;
    private final Set<String> allowed;

    /** @param allowed the platforms that the operator allows, or an empty set for all that are deployed */
    public Platforms(KeycloakSession session, Set<String> allowed) {
        this.session = session;
        this.allowed = allowed;
    }

    public Set<String> of(RealmModel realm) {
        Set<String> names = new TreeSet<>();
        session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(PushSender.class)
                .filter(factory -> allowed.isEmpty() || allowed.contains(factory.getId()))
                .filter(factory -> ((PushSenderFactory) factory).isAvailable(session, realm))
                .forEach(factory -> names.add(factory.getId()));
        return names;
    }
}
