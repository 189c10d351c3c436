package io.assent.doctor;

import static io.assent.doctor.Examples.PERMISSION;
import static io.assent.doctor.Examples.REALM;
import static io.assent.doctor.Examples.SERVER;
import static io.assent.doctor.Examples.STOCK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.assent.doctor.RealmFacts.AppScope;
import io.assent.doctor.RealmFacts.Screen;
import io.assent.doctor.RealmFacts.ShownScope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RealmRulesTest {

    private static final AppScope APP = REALM.app();
    private static final Screen SCREEN = REALM.screen();
    private static final Map<String, ShownScope> SHOWN = REALM.shown();
    private static final Set<String> PUSH = REALM.platforms();

    private static Findings findings(RealmFacts realm, ServerFacts server) {
        Findings findings = new Findings();
        new RealmRules(realm, findings).examine(server);
        return findings;
    }

    @Test
    void aRealmThatIsSetUpWellHasNothing() {
        assertThat(Examples.ids(findings(REALM, SERVER))).isEmpty();
    }

    static Stream<Arguments> realms() {
        AppScope mute = new AppScope(true, false, false);
        AppScope forAll = new AppScope(true, true, true);
        Screen last = new Screen(true, false);
        return Stream.of(
                arguments(Finding.NO_APP_SCOPE, realm(new AppScope(false, false, false), SCREEN, SHOWN, PUSH)),
                arguments(Finding.APP_SCOPE_WITHOUT_AUDIENCE, realm(mute, SCREEN, SHOWN, PUSH)),
                arguments(Finding.APP_SCOPE_FOR_NEW_CLIENTS, realm(forAll, SCREEN, SHOWN, PUSH)),
                arguments(Finding.SCREEN_OFF, realm(APP, new Screen(false, false), SHOWN, PUSH)),
                arguments(Finding.SCREEN_NOT_FIRST, realm(APP, last, SHOWN, PUSH)),
                arguments(Finding.NO_PERMISSION, realm(APP, SCREEN, Map.of("profile", STOCK), PUSH)),
                arguments(Finding.NO_PLATFORM, realm(APP, SCREEN, SHOWN, Set.of())),
                arguments(Finding.INTERNATIONALIZATION_OFF, switched(false, true, true, true, true, true)),
                arguments(Finding.LOGIN_THEME, switched(true, false, true, true, true, true)),
                arguments(Finding.ACCOUNT_THEME, switched(true, true, false, true, true, true)),
                arguments(Finding.EVENTS_OFF, switched(true, true, true, false, true, true)),
                arguments(Finding.ADMIN_EVENTS_OFF, switched(true, true, true, true, false, true)),
                arguments(Finding.NO_RULES, switched(true, true, true, true, true, false)));
    }

    private static RealmFacts realm(AppScope app, Screen screen, Map<String, ShownScope> shown, Set<String> platforms) {
        return new RealmFacts(
                app,
                true,
                true,
                true,
                screen,
                REALM.settings(),
                Map.of(),
                shown,
                Map.of(),
                platforms,
                false,
                true,
                true,
                true,
                false,
                false);
    }

    private static RealmFacts switched(
            boolean languages, boolean login, boolean account, boolean events, boolean adminEvents, boolean rules) {
        return new RealmFacts(
                APP,
                languages,
                login,
                account,
                SCREEN,
                REALM.settings(),
                Map.of(),
                SHOWN,
                Map.of(),
                PUSH,
                false,
                events,
                adminEvents,
                rules,
                false,
                false);
    }

    @ParameterizedTest
    @MethodSource("realms")
    void whatIsWrongWithTheRealmIsFoundAndNothingElse(Finding finding, RealmFacts realm) {
        assertThat(Examples.ids(findings(realm, SERVER))).containsExactly(finding);
    }

    static Stream<Arguments> permissions() {
        return Stream.of(
                arguments(
                        Finding.PERMISSION_NOT_IN_TOKEN_SCOPE,
                        new ShownScope(true, false, false, true, List.of(), true),
                        Optional.empty()),
                arguments(
                        Finding.PERMISSION_WITH_PARAMETER,
                        new ShownScope(true, true, true, true, List.of(), true),
                        Optional.empty()),
                arguments(
                        Finding.PERMISSION_WITHOUT_AUDIENCE,
                        new ShownScope(true, true, false, true, List.of(), false),
                        Optional.empty()),
                arguments(
                        Finding.PERMISSION_WITHOUT_TEXT,
                        new ShownScope(true, true, false, true, List.of("de", "fr"), true),
                        Optional.of("de, fr")));
    }

    @ParameterizedTest
    @MethodSource("permissions")
    void whatIsWrongWithAPermissionIsFoundWithItsName(Finding finding, ShownScope scope, Optional<String> note) {
        RealmFacts realm = realm(APP, SCREEN, Map.of("accounts.balances", PERMISSION, "loans", scope), PUSH);

        assertThat(findings(realm, SERVER).found()).singleElement().satisfies(found -> {
            assertThat(found.finding()).isEqualTo(finding);
            assertThat(found.about()).containsExactly(new Subject(Subject.Kind.SCOPE, "loans", note));
        });
    }

    @Test
    void aNameInTheSettingsThatNobodyHasIsFoundWithItsSetting() {
        RealmFacts realm = naming(Map.of("own-clients", List.of("gone"), "one-time-permissions", List.of()), Map.of());

        assertThat(findings(realm, SERVER).found()).singleElement().satisfies(found -> {
            assertThat(found.finding()).isEqualTo(Finding.UNKNOWN_NAME_IN_SETTINGS);
            assertThat(found.about())
                    .containsExactly(new Subject(Subject.Kind.SETTING, "own-clients", Optional.of("gone")));
        });
    }

    @Test
    void aPartnerThatNobodyIsAskedForIsFoundWithTheReason() {
        RealmFacts realm = naming(Map.of(), Map.of("harvest", "switch on 'Store tokens'"));

        assertThat(findings(realm, SERVER).found()).singleElement().satisfies(found -> {
            assertThat(found.finding()).isEqualTo(Finding.PARTNER_NOT_ASKED);
            assertThat(found.about())
                    .containsExactly(
                            new Subject(Subject.Kind.PROVIDER, "harvest", Optional.of("switch on 'Store tokens'")));
        });
    }

    private static RealmFacts naming(Map<String, List<String>> unknown, Map<String, String> partners) {
        return new RealmFacts(
                APP,
                true,
                true,
                true,
                SCREEN,
                REALM.settings(),
                unknown,
                SHOWN,
                partners,
                PUSH,
                false,
                true,
                true,
                true,
                false,
                false);
    }

    private static RealmFacts with(boolean endlessGuesses, boolean sandbox, boolean destinations) {
        return new RealmFacts(
                APP,
                true,
                true,
                true,
                SCREEN,
                REALM.settings(),
                Map.of(),
                SHOWN,
                Map.of(),
                PUSH,
                endlessGuesses,
                true,
                true,
                true,
                sandbox,
                destinations);
    }

    @Test
    void whoGuessesPasswordsWithoutAnEndIsFound() {
        assertThat(Examples.ids(findings(with(true, false, false), SERVER))).containsExactly(Finding.BRUTE_FORCE_OFF);
    }

    @Test
    void theServerIsLookedAtAsWell() {
        RealmFacts sandbox = with(false, true, false);

        assertThat(Examples.ids(findings(sandbox, new ServerFacts("26.7.3", true, true, false))))
                .containsExactly(Finding.VERSION_TOO_OLD, Finding.SANDBOX_IN_PRODUCTION, Finding.PROXY_HEADERS_UNREAD);
        assertThat(Examples.ids(findings(sandbox, new ServerFacts("26.7.4", false, false, false))))
                .as("in development")
                .isEmpty();
    }

    @Test
    void theDatabasesIsolationMattersWhereEventsGoOut() {
        RealmFacts telling = with(false, false, true);
        ServerFacts repeatableRead = new ServerFacts("26.7.4", true, false, true);

        assertThat(Examples.ids(findings(telling, repeatableRead))).containsExactly(Finding.REPEATABLE_READ);
        assertThat(Examples.ids(findings(telling, SERVER))).isEmpty();
        assertThat(Examples.ids(findings(REALM, repeatableRead))).isEmpty();
    }
}
