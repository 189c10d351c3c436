package io.assent.rest.report;

import io.assent.report.Call;
import io.assent.report.PackInterface;
import io.assent.report.Reports;
import io.assent.server.ServerTime;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.time.Instant;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Notes when a call of an interface came, how long its answer took, the commit included, and how it was answered. A
 * call of a realm that is not there is nobody's.
 */
@Provider
@PreMatching
@Priority(CallFilter.FIRST)
public final class CallFilter implements ContainerRequestFilter, ContainerResponseFilter {

    /** Of a request almost the first, and of a response the last before the session is closed. */
    static final int FIRST = 10;

    private static final String BEGUN = CallFilter.class.getName();

    @Override
    public void filter(ContainerRequestContext request) {
        PackInterface.ofPath(request.getUriInfo().getPath())
                .ifPresent(
                        called -> request.setProperty(BEGUN, new Begun(called, ServerTime.now(), System.nanoTime())));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(BEGUN) instanceof Begun begun) {
            // once: a failure at the commit is answered anew
            request.removeProperty(BEGUN);
            KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
            RealmModel realm = session == null ? null : session.getContext().getRealm();
            if (realm != null) {
                noteAtEnd(session, new Ending(Reports.of(session), realm.getId(), begun, response.getStatus()));
            }
        }
    }

    private static void noteAtEnd(KeycloakSession session, Ending ending) {
        if (!session.getTransactionManager().isActive()) {
            ending.note(ending.status());
            return;
        }
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                ending.note(ending.status());
            }

            /** What was to be a success was none. */
            @Override
            protected void rollbackImpl() {
                ending.note(ending.status() < 400 ? 500 : ending.status());
            }
        });
    }

    private record Begun(PackInterface called, Instant received, long nanos) {}

    private record Ending(Reports reports, String realmId, Begun begun, int status) {

        void note(int answered) {
            reports.note(new Call(
                    realmId,
                    begun.called(),
                    begun.received(),
                    Duration.ofNanos(System.nanoTime() - begun.nanos()),
                    answered));
        }
    }
}
