package io.assent.doctor;

import io.assent.doctor.RealmFacts.ShownScope;
import java.util.TreeMap;

/** What can be wrong with a realm, and with the server that it is on. */
final class RealmRules {

    private final RealmFacts realm;
    private final Findings findings;

    RealmRules(RealmFacts realm, Findings findings) {
        this.realm = realm;
        this.findings = findings;
    }

    void examine(ServerFacts server) {
        tellIf(server.isTooOld(), Finding.VERSION_TOO_OLD);
        tellIf(server.proxyUnread(), Finding.PROXY_HEADERS_UNREAD);
        tellIf(server.repeatableRead() && realm.destinations(), Finding.REPEATABLE_READ);
        tellIf(server.production() && realm.sandbox(), Finding.SANDBOX_IN_PRODUCTION);
        tellIf(realm.platforms().isEmpty(), Finding.NO_PLATFORM);
        examineTheApp();
        examineTheLook();
        examineTheScreen();
        tellIf(realm.endlessGuesses(), Finding.BRUTE_FORCE_OFF);
        tellIf(!realm.events(), Finding.EVENTS_OFF);
        tellIf(!realm.adminEvents(), Finding.ADMIN_EVENTS_OFF);
        tellIf(!realm.rules(), Finding.NO_RULES);
        tellIf(!realm.hasPermission(), Finding.NO_PERMISSION);
        new TreeMap<>(realm.shown()).forEach(this::examine);
        new TreeMap<>(realm.partners())
                .forEach((alias, flaw) -> findings.of(
                        Finding.PARTNER_NOT_ASKED, Subject.provider(alias).noting(flaw)));
    }

    private void examineTheApp() {
        tellIf(!realm.app().there(), Finding.NO_APP_SCOPE);
        tellIf(realm.app().there() && !realm.app().audience(), Finding.APP_SCOPE_WITHOUT_AUDIENCE);
        tellIf(realm.app().forNewClients(), Finding.APP_SCOPE_FOR_NEW_CLIENTS);
    }

    private void examineTheLook() {
        tellIf(!realm.internationalized(), Finding.INTERNATIONALIZATION_OFF);
        tellIf(!realm.loginTheme(), Finding.LOGIN_THEME);
        tellIf(!realm.accountTheme(), Finding.ACCOUNT_THEME);
    }

    private void examineTheScreen() {
        tellIf(!realm.screen().enabled(), Finding.SCREEN_OFF);
        tellIf(realm.screen().enabled() && !realm.screen().first(), Finding.SCREEN_NOT_FIRST);
        new TreeMap<>(realm.unknown())
                .forEach((setting, names) -> names.forEach(name -> findings.of(
                        Finding.UNKNOWN_NAME_IN_SETTINGS,
                        Subject.setting(setting).noting(name))));
    }

    /** Keycloak's own scopes are for tokens of ordinary logins as well, and are no concern of the pack's. */
    private void examine(String name, ShownScope scope) {
        if (!scope.ofTheBank()) {
            return;
        }
        Subject permission = Subject.scope(name);
        tellIf(!scope.inTokenScope(), Finding.PERMISSION_NOT_IN_TOKEN_SCOPE, permission);
        tellIf(scope.parameterized(), Finding.PERMISSION_WITH_PARAMETER, permission);
        tellIf(!scope.audience(), Finding.PERMISSION_WITHOUT_AUDIENCE, permission);
        tellIf(
                !scope.wordless().isEmpty(),
                Finding.PERMISSION_WITHOUT_TEXT,
                permission.noting(String.join(", ", scope.wordless())));
    }

    private void tellIf(boolean so, Finding finding) {
        if (so) {
            findings.ofRealm(finding);
        }
    }

    private void tellIf(boolean so, Finding finding, Subject subject) {
        if (so) {
            findings.of(finding, subject);
        }
    }
}
