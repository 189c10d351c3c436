package io.assent.rest.browser;

import io.assent.personal.PersonalClient;
import io.assent.rest.Problem;
import io.assent.server.OperatorLog;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakUriInfo;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.utils.RedirectUtils;
import org.keycloak.services.Urls;
import org.keycloak.services.util.LocaleUtil;

/**
 * Where customers get a token for themselves, in the realm's login theme. The page knows nobody: it leads to a login
 * like any client's, whose one redirect URI it is, and shows the token that comes of it.
 */
public class PersonalAccessResource {

    private static final Pattern PATH = Pattern.compile("/realms/[^/]+/consent/personal-access");

    private static final String TEMPLATE = "consent-personal.ftl";
    private static final String ATTRIBUTE = "personal";
    private static final OperatorLog LOG = new OperatorLog(Logger.getLogger(PersonalAccessResource.class));

    private final KeycloakSession session;
    private final RealmModel realm;
    private final URI address;

    public PersonalAccessResource(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        // as the server is called outside, and not as this call spelled it
        this.address = URI.create(Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName())
                + "/consent/personal-access");
    }

    /** Whether a call is for it, and not for the app's API. */
    public static boolean isCalled(KeycloakSession session) {
        return PATH.matcher(session.getContext().getUri().getPath()).matches();
    }

    /** 404 where the realm names no client for it, or one that is not set as it must be. */
    @GET
    @Path("personal-access")
    public Response page() {
        return client().map(this::show).orElseGet(() -> Problem.notFound("This realm offers no personal access.")
                .toResponse());
    }

    private Optional<ClientModel> client() {
        return PersonalClient.named(realm).flatMap(name -> {
            ClientModel client = realm.getClientByClientId(name);
            Optional<String> flaw = PersonalClient.flaw(client).or(() -> redirectFlaw(client));
            flaw.ifPresent(what -> LOG.error(
                    realm.getId(),
                    "Realm '%s' offers no personal access by the client '%s': %s"
                            .formatted(realm.getName(), name, what)));
            return flaw.isPresent() ? Optional.empty() : Optional.of(client);
        });
    }

    private Optional<String> redirectFlaw(ClientModel client) {
        return RedirectUtils.verifyRedirectUri(session, address.toString(), client) == null
                ? Optional.of("set 'Valid redirect URIs' to %s, and to nothing else".formatted(address.getPath()))
                : Optional.empty();
    }

    private Response show(ClientModel client) {
        // the language switch leads here
        LocaleUtil.processLocaleParam(session, realm, null);
        KeycloakUriInfo uris = session.getContext().getUri();
        return session.getProvider(LoginFormsProvider.class)
                .setAttribute(
                        ATTRIBUTE,
                        new View(
                                client.getClientId(),
                                PersonalClient.scope(client),
                                address.toString(),
                                of(OIDCLoginProtocolService.authUrl(uris)),
                                of(OIDCLoginProtocolService.tokenUrl(uris.getBaseUriBuilder())),
                                of(Urls.accountBase(uris.getBaseUri()))))
                .setResponseHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .createForm(TEMPLATE);
    }

    /** Of this realm. */
    private String of(UriBuilder any) {
        return any.build(realm.getName()).toString();
    }

    /**
     * What the template reads.
     *
     * @param scope what is asked for
     * @param address of the page itself
     * @param account where customers see what has access
     */
    public record View(
            String clientId, String scope, String address, String authorization, String token, String account) {}
}
