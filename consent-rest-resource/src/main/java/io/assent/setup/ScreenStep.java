package io.assent.setup;

import io.assent.doctor.RealmFacts;
import io.assent.permission.ConsentSettings;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** The required action that is the consent screen, at the top of the list. */
final class ScreenStep {

    private final RealmModel realm;
    private final Template template;
    private final RealmFacts facts;

    ScreenStep(RealmModel realm, Template template, RealmFacts facts) {
        this.realm = realm;
        this.template = template;
        this.facts = facts;
    }

    void addTo(Steps steps) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(ConsentSettings.PROVIDER_ID);
        if (action == null) {
            steps.change(
                    new Change(
                            "required-action",
                            ConsentSettings.PROVIDER_ID,
                            "Enable the required action 'Consent permissions', at the top of the list."),
                    this::enable);
        } else if (!action.isEnabled()) {
            steps.difference(new Change(
                    "required-action",
                    ConsentSettings.PROVIDER_ID,
                    "The required action 'Consent permissions' is switched off."));
        } else if (!facts.screen().first()) {
            steps.change(
                    new Change(
                            "required-action",
                            ConsentSettings.PROVIDER_ID,
                            "Move the required action 'Consent permissions' to the top of the list."),
                    () -> {
                        action.setPriority(top());
                        realm.updateRequiredActionProvider(action);
                    });
        }
    }

    private void enable() {
        RequiredActionProviderRepresentation screen = template.screen();
        RequiredActionProviderModel action = new RequiredActionProviderModel();
        action.setAlias(screen.getAlias());
        action.setProviderId(screen.getProviderId());
        action.setName(screen.getName());
        action.setEnabled(true);
        action.setDefaultAction(false);
        action.setPriority(top());
        action.setConfig(screen.getConfig());
        realm.addRequiredActionProvider(action);
    }

    private int top() {
        return realm.getRequiredActionProvidersStream()
                        .mapToInt(RequiredActionProviderModel::getPriority)
                        .min()
                        .orElse(0)
                - 1;
    }
}
