package io.assent.doctor;

import io.assent.doctor.RealmFacts.ShownScope;
import io.assent.request.ConsentApp;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.OAuth2Constants;

/** What can be wrong with the clients of a realm, which it is shown one by one. */
final class ClientRules {

    private final RealmFacts realm;
    private final Findings findings;
    private final Set<String> permissions;
    private boolean app;
    private boolean tpp;

    ClientRules(RealmFacts realm, Findings findings) {
        this.realm = realm;
        this.findings = findings;
        permissions = realm.shown().entrySet().stream()
                .filter(scope -> scope.getValue().ofTheBank())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** One that is disabled asks nobody and answers nothing. */
    void examine(ClientFacts client) {
        if (!client.enabled()) {
            return;
        }
        app |= client.isApp();
        tpp |= client.mayAsk();
        boolean asksForSome = client.scopes().stream().anyMatch(permissions::contains);
        if (client.fullScope() && (client.mayAsk() || asksForSome)) {
            tell(Finding.TPP_FULL_SCOPE, client);
        }
        if (client.managementRoles()) {
            tell(Finding.TPP_MANAGEMENT_ROLES, client);
        }
        if (client.mayAsk() && client.scopes().contains(ConsentApp.SCOPE)) {
            tell(Finding.TPP_HOLDS_CONSENT_APP, client);
        }
        if (asksForSome && !client.consentRequired() && !isOwn(client)) {
            tell(Finding.CONSENT_NOT_REQUIRED, client);
        }
        if (client.personal() && !isOwn(client)) {
            tell(Finding.PERSONAL_ACCESS_OF_OTHERS, client);
        }
        if (client.mayAsk() && !client.subject()) {
            tell(Finding.TPP_WITHOUT_BASIC, client);
        }
        if (client.ciba() && !asksForSome && !client.details()) {
            tell(Finding.CIBA_WITHOUT_PERMISSION, client);
        }
        List<String> stock = client.scopes().stream()
                .filter(this::isShownInKeycloaksWords)
                .sorted()
                .toList();
        if (client.consentRequired() && !stock.isEmpty()) {
            findings.of(
                    Finding.TPP_STOCK_SCOPES, Subject.client(client.clientId()).noting(String.join(", ", stock)));
        }
    }

    /** Once all were shown. */
    void conclude() {
        if (!app) {
            findings.ofRealm(Finding.NO_APP);
        }
        if (!tpp) {
            findings.ofRealm(Finding.NO_TPP);
        }
    }

    private boolean isOwn(ClientFacts client) {
        return realm.settings().ownClients().contains(client.clientId());
    }

    /**
     * Of {@code offline_access}, which whoever reads without the customer needs, the themes have words of their own.
     */
    private boolean isShownInKeycloaksWords(String scope) {
        ShownScope shown = realm.shown().get(scope);
        return shown != null
                && !scope.equals(OAuth2Constants.OFFLINE_ACCESS)
                && !shown.ofTheBank()
                && !shown.inPackWords();
    }

    private void tell(Finding finding, ClientFacts client) {
        findings.of(finding, Subject.client(client.clientId()));
    }
}
