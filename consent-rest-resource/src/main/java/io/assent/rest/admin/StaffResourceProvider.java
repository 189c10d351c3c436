package io.assent.rest.admin;

import io.assent.consent.Consents;
import io.assent.request.ConsentApp;
import io.assent.request.ConsentRequests;
import io.assent.rest.ApiPath;
import io.assent.rest.ContentType;
import io.assent.rest.DescribedMethods;
import io.assent.rest.OpenBodies;
import io.assent.rest.admin.call.StaffRights;
import io.assent.rest.admin.destination.DestinationTests;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.ext.AdminRealmResourceProvider;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

final class StaffResourceProvider implements AdminRealmResourceProvider {

    /** Where a realm is looked through and set up, which may have nothing of the pack yet. */
    private static final Pattern SETTING_UP = Pattern.compile("/consents/(doctor|setup)/?");

    private final ConsentApp app;
    private final DescribedMethods methods;

    private final OpenBodies bodies;
    private final DestinationTests destinationTests;

    StaffResourceProvider(
            ConsentApp app, DescribedMethods methods, OpenBodies bodies, DestinationTests destinationTests) {
        this.app = app;
        this.methods = methods;
        this.bodies = bodies;
        this.destinationTests = destinationTests;
    }

    /**
     * @return {@code null} in a realm that has no app, where the server answers as if the pack were not there; but for
     *     what gives it one
     */
    @Override
    public Object getResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        Optional<String> path = ApiPath.ofStaff(session);
        if (!app.isIn(realm) && path.filter(SETTING_UP.asMatchPredicate()).isEmpty()) {
            return null;
        }
        bodies.serve(session);
        OpenBodies.sentByStaff(session);
        ContentType.refuseMalformed(session);
        methods.refuseUndescribed(session, path);
        return new StaffResource(
                session,
                realm,
                new StaffRights(session, realm, auth),
                Consents.of(session),
                ConsentRequests.of(session),
                adminEvent,
                destinationTests);
    }

    @Override
    public void close() {}
}
