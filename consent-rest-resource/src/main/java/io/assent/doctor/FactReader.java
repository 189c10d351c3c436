package io.assent.doctor;

import io.assent.destination.Destinations;
import io.assent.doctor.RealmFacts.AppScope;
import io.assent.doctor.RealmFacts.Screen;
import io.assent.doctor.RealmFacts.ShownScope;
import io.assent.partner.Partners;
import io.assent.permission.ConsentSettings;
import io.assent.permission.ConsentSettings.Granularity;
import io.assent.permission.PermissionCatalogue;
import io.assent.push.Platforms;
import io.assent.request.ConsentApp;
import io.assent.rest.ApiAudience;
import io.assent.text.Texts;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;
import org.keycloak.theme.Theme;

/** Reads how a realm is set up. */
final class FactReader {

    /** The login and account theme that the pack has. */
    static final String THEME = "permissions";

    /** They show a push to a developer. */
    private static final Set<String> FOR_TRIALS = Set.of("log", "sandbox");

    private static final String PERMISSION_KEY = "permission.";

    /** They set up what an answer on the screen is signed with. */
    private static final String PASSKEY_ACTIONS = "webauthn-register";

    private final KeycloakSession session;
    private final RealmModel realm;

    FactReader(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    RealmFacts read() {
        ConsentSettings settings = ConsentSettings.of(realm);
        Words words = Words.of(session, realm, realm.getLoginTheme(), Theme.Type.LOGIN);
        return new RealmFacts(
                app(),
                realm.isInternationalizationEnabled(),
                words.are(THEME),
                Words.of(session, realm, realm.getAccountTheme(), Theme.Type.ACCOUNT)
                        .are(THEME),
                screen(),
                settings,
                unknown(settings),
                shown(words),
                Partners.flaws(session, realm),
                platforms(),
                !realm.isBruteForceProtected() && new LoginSteps(realm).askForPasswords(),
                realm.isEventsEnabled(),
                realm.isAdminEventsEnabled(),
                new RulesInForce(session, realm).are(),
                Boolean.parseBoolean(realm.getAttribute("sandbox.enabled")),
                !Destinations.of(session, realm).on().isEmpty());
    }

    private Set<String> platforms() {
        return Platforms.of(session, realm).stream()
                .filter(platform -> !FOR_TRIALS.contains(platform))
                .collect(Collectors.toUnmodifiableSet());
    }

    private AppScope app() {
        Optional<ClientScopeModel> scope = realm.getClientScopesStream()
                .filter(held -> held.getName().equals(ConsentApp.SCOPE))
                .findFirst();
        boolean forNewClients = Stream.of(true, false)
                .flatMap(realm::getDefaultClientScopesStream)
                .anyMatch(held -> held.getName().equals(ConsentApp.SCOPE));
        return new AppScope(
                scope.isPresent(),
                scope.filter(held -> namesAudience(held, ApiAudience.NAME::equals))
                        .isPresent(),
                forNewClients);
    }

    private Screen screen() {
        List<RequiredActionProviderModel> enabled = realm.getRequiredActionProvidersStream()
                .filter(RequiredActionProviderModel::isEnabled)
                .sorted(Comparator.comparingInt(RequiredActionProviderModel::getPriority))
                .toList();
        return new Screen(
                ConsentSettings.asksInTheBrowser(realm),
                enabled.stream()
                        .map(RequiredActionProviderModel::getAlias)
                        .filter(alias -> !alias.startsWith(PASSKEY_ACTIONS))
                        .findFirst()
                        .filter(ConsentSettings.PROVIDER_ID::equals)
                        .isPresent());
    }

    private Map<String, List<String>> unknown(ConsentSettings settings) {
        Set<String> scopes =
                realm.getClientScopesStream().map(ClientScopeModel::getName).collect(Collectors.toUnmodifiableSet());
        Predicate<String> isNoClient = clientId -> realm.getClientByClientId(clientId) == null;
        Map<String, List<String>> unknown = new HashMap<>();
        // otherwise it is not used
        if (settings.granularity() == Granularity.NAMED_CLIENTS) {
            unknown.put(ConsentSettings.SELECTABLE_CLIENTS, those(settings.selectableClients(), isNoClient));
        }
        unknown.put(ConsentSettings.OWN_CLIENTS, those(settings.ownClients(), isNoClient));
        unknown.put(ConsentSettings.ONE_TIME, those(settings.oneTime(), name -> !scopes.contains(name)));
        return unknown;
    }

    private static List<String> those(Collection<String> names, Predicate<String> which) {
        return names.stream().filter(which).sorted().toList();
    }

    private Map<String, ShownScope> shown(Words words) {
        return realm.getClientScopesStream()
                // those of SAML are nobody's to ask for
                .filter(scope -> OIDCLoginProtocol.LOGIN_PROTOCOL.equals(scope.getProtocol()))
                .filter(ClientScopeModel::isDisplayOnConsentScreen)
                .collect(
                        Collectors.toMap(ClientScopeModel::getName, scope -> shown(scope, words), (one, other) -> one));
    }

    private ShownScope shown(ClientScopeModel scope, Words words) {
        boolean ofTheBank = PermissionCatalogue.isOfTheBank(scope);
        return new ShownScope(
                ofTheBank,
                scope.isIncludeInTokenScope(),
                ClientScopeModel.isParameterizedScope(scope),
                Texts.key(scope.getConsentScreenText())
                        .filter(key -> key.startsWith(PERMISSION_KEY))
                        .isPresent(),
                ofTheBank ? wordless(scope, words) : List.of(),
                namesAudience(scope, any -> true));
    }

    private List<String> wordless(ClientScopeModel scope, Words words) {
        String text = scope.getConsentScreenText();
        if (Texts.key(text).isEmpty() && !text.equals(scope.getName())) {
            // a plain text is shown as it is in every language
            return List.of();
        }
        String key = Texts.key(text).orElse(PERMISSION_KEY + scope.getName());
        return languages().filter(language -> !words.have(key, language)).toList();
    }

    private Stream<String> languages() {
        return realm.isInternationalizationEnabled()
                ? realm.getSupportedLocalesStream().sorted()
                : Stream.of("en");
    }

    private static boolean namesAudience(ClientScopeModel scope, Predicate<String> which) {
        return scope.getProtocolMappersStream()
                .filter(mapper -> mapper.getProtocolMapper().equals(AudienceProtocolMapper.PROVIDER_ID))
                .map(mapper -> mapper.getConfig())
                .filter(config -> Boolean.parseBoolean(config.get("access.token.claim")))
                .flatMap(config -> Stream.of(
                                AudienceProtocolMapper.INCLUDED_CLIENT_AUDIENCE,
                                AudienceProtocolMapper.INCLUDED_CUSTOM_AUDIENCE)
                        .map(config::get))
                .anyMatch(audience -> audience != null && !audience.isBlank() && which.test(audience));
    }
}
