package io.assent.it.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.testing.actor.Realm;
import io.assent.testing.http.Answer;
import io.assent.testing.http.Http;
import io.assent.testing.server.Database;
import io.assent.testing.server.Keycloak;
import io.assent.testing.server.Servers;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Phones are told which apps open a realm's links, as the admin wrote it. */
class WellKnownIT {

    private static final String NAME = "linked-apps";
    private static final String FINGERPRINT =
            "14:6D:E9:83:C5:73:06:50:D8:EE:B9:95:2F:34:FC:64:16:A0:83:42:E6:1D:BE:A8:8A:04:96:B2:3F:CF:44:E5";
    private static final String ANDROID = "/consent/.well-known/assetlinks.json";
    private static final String IOS = "/consent/.well-known/apple-app-site-association";

    private static Realm realm;

    @BeforeAll
    static void makeARealm() {
        Keycloak server = Servers.shared(Database.H2);
        server.admin().createRealm(Servers.realmFile().named(NAME));
        realm = server.realm(NAME);
    }

    @AfterAll
    static void removeIt() {
        if (realm != null) {
            realm.admin().removeRealm(realm.name());
        }
    }

    @Test
    void phonesAreToldWhatTheAdminSet() {
        set("com.example.bank=" + FINGERPRINT, "ABCDE12345.com.example.bank");

        Answer android = Http.send(Http.request(realm.uri(ANDROID)));
        assertThat(android.ok().at("/0/target/package_name").asText()).isEqualTo("com.example.bank");
        assertThat(android.ok().at("/0/target/sha256_cert_fingerprints/0").asText())
                .isEqualTo(FINGERPRINT);
        Answer ios = Http.send(Http.request(realm.uri(IOS)));
        assertThat(ios.ok().at("/applinks/details/0/appIDs/0").asText()).isEqualTo("ABCDE12345.com.example.bank");
        assertThat(ios.ok().at("/applinks/details/0/components/0/~1").asText())
                .isEqualTo("/realms/" + realm.name() + "/consent/v1/links/*");
        assertThat(List.of(android, ios)).allSatisfy(file -> {
            assertThat(file.contentType())
                    .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
            assertThat(file.header("Cache-Control")).contains("public, max-age=3600");
        });
    }

    @ParameterizedTest
    @CsvSource({"com.example.bank, ''", "com.example.bank=14:6D, ''", "'', com.example.bank", "'', ABCDE12345.*"})
    void whatIsNoAppIsRefusedWithAWordAndChangesNothing(String android, String ios) {
        set("", "ABCDE12345.com.example.before");

        Answer refused = realm.admin().linkedApps(realm.name(), android, ios);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("app is written as");
        assertThat(Http.send(Http.request(realm.uri(IOS)))
                        .ok()
                        .at("/applinks/details/0/appIDs/0")
                        .asText())
                .isEqualTo("ABCDE12345.com.example.before");
    }

    @Test
    void withoutAnAppThereIsNoFile() {
        set("", "");

        for (String file : List.of(ANDROID, IOS)) {
            assertThat(Http.send(Http.request(realm.uri(file))).problem()).isEqualTo("not-found");
        }
        assertThat(Http.send(Http.request(realm.uri("/consent/.well-known/other")))
                        .status())
                .isEqualTo(404);
        assertThat(Http.send(Http.request(realm.uri(ANDROID)).POST(BodyPublishers.noBody()))
                        .status())
                .isEqualTo(405);
    }

    private static void set(String android, String ios) {
        realm.admin().linkedApps(realm.name(), android, ios).ok();
    }
}
