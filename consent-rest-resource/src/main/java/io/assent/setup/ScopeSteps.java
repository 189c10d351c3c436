package io.assent.setup;

import io.assent.doctor.RealmFacts;
import io.assent.request.ConsentApp;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.RepresentationToModel;
import org.keycloak.representations.idm.ClientScopeRepresentation;

/** The client scopes that the pack needs; and permissions to begin with, where the bank has none of its own. */
final class ScopeSteps {

    private final RealmModel realm;
    private final Template template;
    private final RealmFacts facts;

    ScopeSteps(RealmModel realm, Template template, RealmFacts facts) {
        this.realm = realm;
        this.template = template;
        this.facts = facts;
    }

    void addTo(Steps steps) {
        Map<String, ClientScopeModel> there = realm.getClientScopesStream()
                .collect(Collectors.toMap(ClientScopeModel::getName, scope -> scope, (one, other) -> one));
        for (ClientScopeRepresentation scope : template.otherScopes()) {
            if (!there.containsKey(scope.getName())) {
                create(scope, "client-scope", steps);
            }
        }
        if (facts.app().there()) {
            examine(there.get(ConsentApp.SCOPE), steps);
        }
        if (!facts.hasPermission()) {
            for (ClientScopeRepresentation permission : template.permissions()) {
                if (there.containsKey(permission.getName())) {
                    steps.difference(new Change(
                            "permission",
                            permission.getName(),
                            "The client scope '%s' is not shown on the consent screen."
                                    .formatted(permission.getName())));
                } else {
                    create(permission, "permission", steps);
                }
            }
        }
    }

    private void create(ClientScopeRepresentation scope, String id, Steps steps) {
        steps.change(
                new Change(
                        id,
                        scope.getName(),
                        "Create the client scope '%s': %s.".formatted(scope.getName(), scope.getDescription())),
                () -> RepresentationToModel.createClientScope(realm, scope));
    }

    private void examine(ClientScopeModel app, Steps steps) {
        if (!facts.app().audience()) {
            steps.change(
                    new Change(
                            "app-audience",
                            app.getName(),
                            "Add to the client scope 'consent-app' a mapper by which its tokens are for the consent API."),
                    () -> template.appScope()
                            .getProtocolMappers()
                            .forEach(mapper -> app.addProtocolMapper(RepresentationToModel.toModel(mapper))));
        }
        if (app.isDisplayOnConsentScreen()) {
            steps.difference(new Change(
                    "client-scope", app.getName(), "The client scope 'consent-app' is shown on the consent screen."));
        }
        if (!app.isIncludeInTokenScope()) {
            steps.difference(new Change(
                    "client-scope", app.getName(), "The client scope 'consent-app' is kept out of the tokens' scope."));
        }
        if (facts.app().forNewClients()) {
            steps.difference(
                    new Change("client-scope", app.getName(), "Each new client gets the client scope 'consent-app'."));
        }
    }
}
