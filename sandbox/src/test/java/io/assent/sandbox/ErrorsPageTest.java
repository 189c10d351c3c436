package io.assent.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.rest.Problem;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.authentication.authenticators.client.JWTClientAuthenticator;
import org.keycloak.authentication.authenticators.client.X509ClientAuthenticator;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint;
import org.keycloak.protocol.oidc.endpoints.AuthorizationEndpointChecker;
import org.keycloak.protocol.oidc.endpoints.TokenEndpoint;
import org.keycloak.protocol.oidc.endpoints.UserInfoEndpoint;
import org.keycloak.protocol.oidc.grants.AuthorizationCodeGrantType;
import org.keycloak.protocol.oidc.grants.ClientCredentialsGrantType;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeBase;
import org.keycloak.protocol.oidc.grants.RefreshTokenGrantType;
import org.keycloak.protocol.oidc.grants.ciba.CibaGrantType;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.AbstractCibaEndpoint;
import org.keycloak.protocol.oidc.grants.ciba.endpoints.BackchannelAuthenticationEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.AbstractParEndpoint;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.services.util.DPoPUtil;

/** The page of errors ({@code docs/errors.md}) has each that the code can answer, and no other. */
class ErrorsPageTest {

    private static final Path ROOT = Path.of("..");

    private static final List<String> MODULES =
            List.of("ciba-authentication-channel", "consent-rest-resource", "permissions-theme", "sandbox");

    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_-]+)`(?: \\((\\d{3})\\))?", Pattern.MULTILINE);

    private static final Pattern PROBLEM =
            Pattern.compile("\"urn:assent:problem:([a-z-]+)\",\\s*\"[^\"]*\",\\s*(\\d{3}),");

    /** OAuth errors that Keycloak has no constant for: CIBA, grant management, RFC 9396, RFC 9470, OpenID Connect. */
    private static final Set<String> SPECIFIED_ELSEWHERE = Set.of(
            "unknown_user_id",
            "expired_login_hint_token",
            "missing_user_code",
            "invalid_user_code",
            "invalid_grant_id",
            "invalid_authorization_details",
            "transaction_failed",
            "unmet_authentication_requirements",
            "consent_required",
            "account_selection_required",
            "registration_not_supported",
            "use_dpop_nonce");

    /** What of the stock server answers a TPP, beside the pack's own classes. */
    private static final List<Class<?>> STOCK = List.of(
            AbstractCibaEndpoint.class,
            AbstractParEndpoint.class,
            AuthenticationProcessor.class,
            AuthorizationCodeGrantType.class,
            AuthorizationEndpoint.class,
            AuthorizationEndpointChecker.class,
            BackchannelAuthenticationEndpoint.class,
            CibaGrantType.class,
            ClientCredentialsGrantType.class,
            ClientIdAndSecretAuthenticator.class,
            DPoPUtil.class,
            JWTClientAuthenticator.class,
            OAuth2GrantTypeBase.class,
            OIDCLoginProtocol.class,
            ParEndpoint.class,
            RefreshTokenGrantType.class,
            TokenEndpoint.class,
            TokenManager.class,
            UserInfoEndpoint.class,
            X509ClientAuthenticator.class);

    /** In the classes above it is the name of an event alone: the browser stays on an error page. */
    private static final Set<String> NEVER_TOLD = Set.of("invalid_redirect_uri");

    /** The bank's API answers it, which is none of ours; the page says so. */
    private static final Set<String> OF_RESOURCE_SERVERS = Set.of("insufficient_scope");

    /** There others answer the server. */
    private static final Set<String> HEARD = Set.of("securityevent", "RevocationAttempt");

    @Test
    void everyOAuthErrorOfTheCodeIsOnThePageAndNoOther() throws Exception {
        Set<String> returned = new TreeSet<>(OF_RESOURCE_SERVERS);
        Map<String, String> constants = constants();
        Set<String> known = new TreeSet<>(SPECIFIED_ELSEWHERE);
        known.addAll(constants.values());
        for (Class<?> stock : STOCK) {
            texts(stock).stream().filter(known::contains).forEach(returned::add);
        }
        for (String source : sources(file -> HEARD.stream().noneMatch(file.toString()::contains))) {
            matches("OAuthErrorException\\.([A-Z_]+)", source)
                    .map(match -> constants.get(match.group(1)))
                    .forEach(returned::add);
            matches("\"([a-z_]+)\"", source)
                    .map(match -> match.group(1))
                    .filter(known::contains)
                    .forEach(returned::add);
        }
        returned.removeAll(NEVER_TOLD);

        Set<String> described = rows("OAuth").stream().map(row -> row.group(1)).collect(Collectors.toSet());
        assertThat(described).containsExactlyInAnyOrderElementsOf(returned);
    }

    @Test
    void everyProblemOfTheCodeIsOnThePageWithItsStatusAndNoOther() throws Exception {
        Map<String, Integer> declared = new TreeMap<>();
        for (Method factory : Problem.class.getDeclaredMethods()) {
            if (Modifier.isStatic(factory.getModifiers())
                    && Modifier.isPublic(factory.getModifiers())
                    && factory.getReturnType() == Problem.class) {
                Problem problem = (Problem) factory.invoke(
                        null,
                        Arrays.stream(factory.getParameterTypes())
                                .map(ErrorsPageTest::any)
                                .toArray());
                declared.put(problem.name(), problem.status());
            }
        }
        for (String source : sources(file -> !file.toString().contains("journey"))) {
            assertThat(PROBLEM.matcher(source)
                            .results()
                            .peek(match -> declared.put(match.group(1), Integer.valueOf(match.group(2)))))
                    .as("literal types in %s", source)
                    .hasSameSizeAs(
                            matches("\"urn:assent:problem:[a-z-]+\"", source).toList());
        }

        Map<String, Integer> described = new TreeMap<>();
        rows("Problems").forEach(row -> described.put(row.group(1), Integer.valueOf(row.group(2))));
        assertThat(described).isEqualTo(declared).hasSameSizeAs(rows("Problems"));
    }

    @Test
    void everyProblemOfTheApisDocumentsIsOnThePage() throws IOException {
        Set<String> described =
                rows("Problems").stream().map(row -> row.group(1)).collect(Collectors.toSet());
        for (String api : List.of("app", "admin")) {
            String document = Files.readString(
                    ROOT.resolve("consent-rest-resource/src/main/resources/io/assent/rest/" + api + "/openapi.json"));
            assertThat(matches("urn:assent:problem:([a-z-]+)", document).map(match -> match.group(1)))
                    .isNotEmpty()
                    .isSubsetOf(described);
        }
    }

    @Test
    void everyProblemOfTheSandboxsDocumentIsOnThePageAsOne() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/errors.md"));
        String document = Files.readString(ROOT.resolve("sandbox/src/main/resources/io/assent/sandbox/openapi.json"));
        Set<String> described = matches("(?m)^\\| `([a-z-]+)` \\(\\d{3}\\) \\| (?:all|[^|]*sandbox)[^|]* \\|", page)
                .map(row -> row.group(1))
                .collect(Collectors.toSet());

        assertThat(matches("urn:assent:problem:([a-z-]+)", document).map(match -> match.group(1)))
                .isNotEmpty()
                .isSubsetOf(described);
    }

    private static List<MatchResult> rows(String chapter) throws IOException {
        String page = Files.readString(ROOT.resolve("docs/errors.md"));
        String found = Arrays.stream(page.split("\n## "))
                .filter(part -> part.startsWith(chapter + "\n"))
                .findFirst()
                .orElseThrow();
        List<MatchResult> rows = ROW.matcher(found).results().toList();
        assertThat(rows).isNotEmpty();
        return rows;
    }

    private static Map<String, String> constants() throws IllegalAccessException {
        Map<String, String> constants = new TreeMap<>();
        for (var field : OAuthErrorException.class.getFields()) {
            if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
                constants.put(field.getName(), (String) field.get(null));
            }
        }
        return constants;
    }

    private static Object any(Class<?> type) {
        if (type == String.class) {
            return "-";
        }
        return type == int.class ? (Object) 0 : type.getEnumConstants()[0];
    }

    private static Collection<String> sources(Predicate<Path> which) throws IOException {
        Set<String> sources = new TreeSet<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .filter(which)
                        .map(ErrorsPageTest::read)
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<MatchResult> matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results();
    }

    /** The texts in a class's constant pool (JVM specification, section 4.4): the compiler copies constants there. */
    private static Set<String> texts(Class<?> type) throws IOException {
        Set<String> texts = new TreeSet<>();
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream bytes = type.getResourceAsStream(file);
                DataInputStream in = new DataInputStream(bytes)) {
            in.skipNBytes(8);
            int count = in.readUnsignedShort();
            for (int index = 1; index < count; index++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(in.readUTF());
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        index++;
                    }
                    case 15 -> in.skipNBytes(3);
                    default -> in.skipNBytes(2);
                }
            }
        }
        return texts;
    }
}
