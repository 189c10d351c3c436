package io.assent.it.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.testing.actor.Admin;
import io.assent.testing.actor.BankApp;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The realm that a bank starts from has what the pack needs, and nothing that anybody knows. */
class RealmTemplateIT {

    private static final String NAME = "template";

    @Test
    void nobodyAndNoSecretIsInIt() {
        ObjectNode realm = RealmFile.template().json();

        assertThat(realm.has("users")).isFalse();
        assertThat(realm.toString())
                .doesNotContain("secret", "credential", "sandbox", "localhost", "127.0.0.1", "authBaseUrl");
        assertThat(realm.get("clients")).singleElement().satisfies(app -> {
            assertThat(app.get("clientId").asText()).isEqualTo(BankApp.CLIENT_ID);
            assertThat(app.get("directAccessGrantsEnabled").asBoolean()).isFalse();
            assertThat(app.get("redirectUris")).isEmpty();
        });
    }

    /** Without it the server's introspection says of every token that it is worth nothing. */
    @Test
    void everyPermissionNamesTheAudienceOfTheBanksApi() {
        for (RealmFile file : List.of(RealmFile.template(), RealmFile.fapi())) {
            assertThat(file.json().get("clientScopes"))
                    .filteredOn(scope ->
                            scope.at("/attributes/display.on.consent.screen").asBoolean())
                    .hasSize(7)
                    .allSatisfy(scope -> assertThat(scope.at("/protocolMappers/0/config/included.custom.audience")
                                    .asText())
                            .isEqualTo("bank-api"));
        }
    }

    @Test
    void itIsImportedAndTheAppsApiIsThereAndTheSandboxIsNot() {
        Keycloak server = Servers.shared(Database.H2);
        Admin admin = server.admin();
        admin.createRealm(RealmFile.template().named(NAME));
        try {
            String username = "template-customer";
            admin.createUser(NAME, username, username);

            Answer byPassword = Http.send(Http.form(
                    server.realm(NAME).tokenEndpoint(),
                    Map.of(
                            "grant_type",
                            "password",
                            "client_id",
                            BankApp.CLIENT_ID,
                            "username",
                            username,
                            "password",
                            username)));
            assertThat(byPassword.error()).isEqualTo("unauthorized_client");
            assertThat(status(server, "/consent/v1/openapi.json")).isEqualTo(200);
            assertThat(status(server, "/consent/v1/requests")).isEqualTo(401);
            assertThat(status(server, "/sandbox/phone")).isEqualTo(404);
        } finally {
            admin.removeRealm(NAME);
        }
    }

    private static int status(Keycloak server, String path) {
        return Http.send(Http.request(server.realm(NAME).uri(path))).status();
    }
}
