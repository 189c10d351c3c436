package io.assent.rest.logo;

import io.assent.egress.AnswerBody;
import io.assent.egress.Egress;
import io.assent.egress.Egress.Outcome;
import io.assent.offswitch.OffSwitch;
import io.assent.permission.RequestingClient;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.jboss.logging.Logger;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A client's logo, for anybody: who sees the consent screen's address can name the client's. */
public class LogosResource {

    private static final Logger LOG = Logger.getLogger(LogosResource.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final int MAX_AGE_SECONDS = 3_600;

    private final KeycloakSession session;
    private final Logos logos;

    LogosResource(KeycloakSession session, Logos logos) {
        this.session = session;
        this.logos = logos;
    }

    @GET
    @Path("{id}")
    public Response logo(@PathParam("id") String id) {
        RealmModel realm = session.getContext().getRealm();
        return Optional.ofNullable(realm.getClientById(id))
                .filter(client -> !OffSwitch.of(client).isOff())
                .flatMap(this::logo)
                .map(LogosResource::found)
                .orElseGet(() -> Response.status(Response.Status.NOT_FOUND)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    private Optional<Logo> logo(ClientModel client) {
        return RequestingClient.logo(client)
                .flatMap(uri -> DataUri.is(uri)
                        ? DataUri.read(uri).flatMap(Logo::of)
                        : logos.get(client.getId() + ' ' + uri, () -> fetch(client, uri)));
    }

    private Optional<Logo> fetch(ClientModel client, String uri) {
        Outcome<Optional<Logo>> outcome =
                Egress.of(session, client.getRealm()).call(new HttpGet(), uri, "logo URL", LIMIT, LogosResource::read);
        if (outcome instanceof Outcome.Answered<Optional<Logo>> answered) {
            if (answered.answer().isEmpty()) {
                tell(client, "what is at the logo URL is no PNG, JPEG, WebP or GIF within the bounds");
            }
            return answered.answer();
        }
        tell(
                client,
                outcome instanceof Outcome.Refused<Optional<Logo>> refused
                        ? refused.reason()
                        : ((Outcome.Failed<Optional<Logo>>) outcome).reason());
        return Optional.empty();
    }

    /** Not more often than a logo is fetched. */
    private static void tell(ClientModel client, String reason) {
        LOG.infof(
                "The logo of client '%s' of realm '%s' is not shown: %s",
                client.getClientId().replaceAll("\\p{C}", "?"),
                client.getRealm().getName(),
                reason);
    }

    /** No more is read than a logo may have. */
    private static Optional<Logo> read(CloseableHttpResponse response) throws IOException {
        return response.getStatusLine().getStatusCode() == 200
                ? Logo.of(AnswerBody.beginning(response, Logo.MAX_BYTES + 1))
                : Optional.empty();
    }

    private static Response found(Logo logo) {
        return Response.ok(logo.content(), logo.mediaType())
                .header(HttpHeaders.CACHE_CONTROL, "public, max-age=" + MAX_AGE_SECONDS)
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }
}
