package io.assent.rest.app;

import io.assent.request.ConsentApp;
import io.assent.rest.ApiAudience;
import io.assent.rest.ApiPath;
import io.assent.rest.ContentType;
import io.assent.rest.DescribedMethods;
import io.assent.rest.browser.LinkedAppsResource;
import io.assent.rest.browser.PersonalAccessResource;
import io.assent.rest.partner.Refreshes;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resource.RealmResourceProvider;

final class ConsentResourceProvider implements RealmResourceProvider {

    private final KeycloakSession session;
    private final ConsentApp app;
    private final ApiAudience audience;
    private final CallLimits limits;
    private final DescribedMethods methods;
    private final Refreshes refreshes;

    ConsentResourceProvider(
            KeycloakSession session,
            ConsentApp app,
            ApiAudience audience,
            CallLimits limits,
            DescribedMethods methods,
            Refreshes refreshes) {
        this.session = session;
        this.app = app;
        this.audience = audience;
        this.limits = limits;
        this.methods = methods;
        this.refreshes = refreshes;
    }

    /** @return {@code null} in a realm that has no app, where the server answers as if the pack were not there */
    @Override
    public Object getResource() {
        if (!app.isIn(session.getContext().getRealm())) {
            return null;
        }
        if (LinkedAppsResource.isCalled(session)) {
            return new LinkedAppsResource(session);
        }
        if (PersonalAccessResource.isCalled(session)) {
            return new PersonalAccessResource(session);
        }
        limits.bodies().serve(session);
        ContentType.refuseMalformed(session);
        methods.refuseUndescribed(session, ApiPath.of(session));
        return new ConsentResource(session, audience, limits, refreshes);
    }

    @Override
    public void close() {}
}
