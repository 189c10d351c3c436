package io.assent.sandbox;

import io.assent.rest.ContentType;
import io.assent.rest.OpenBodies;
import io.assent.rest.Problem;
import io.assent.sandbox.bank.Ledger;
import io.assent.sandbox.stream.Streams;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

/** Lets nobody past in a realm that has the sandbox off: every path answers as if there were none. */
record SandboxResourceProvider(KeycloakSession session, Streams streams, Ledger ledger, OpenBodies bodies)
        implements RealmResourceProvider {

    @Override
    public Object getResource() {
        if (!Sandbox.enabledIn(session.getContext().getRealm())) {
            throw Problem.notFound("There is no sandbox in this realm.").toException();
        }
        bodies.serve(session);
        ContentType.refuseMalformed(session);
        return new SandboxResource(session, streams, ledger);
    }

    @Override
    public void close() {}
}
