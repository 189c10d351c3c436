package io.assent.it.guide;

import static io.assent.testing.actor.DevRealm.ORBIT;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.assent.testing.actor.Realm;
import io.assent.testing.actor.RealmFile;
import io.assent.testing.server.Servers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What developers read first can be followed to the letter, in the realm as it is shipped. */
class GuidesIT {

    private final Realm realm = Servers.bank().server().realm("guides");

    @BeforeEach
    void importRealm() {
        realm.admin().createRealm(RealmFile.shipped().named(realm.name()));
        // run.sh tells the realm's file on which port it is
        realm.admin().updateClient(realm.name(), ORBIT, client -> client.withObjectProperty("attributes")
                .put(
                        "ciba.backchannel.client.notification.endpoint",
                        realm.uri("/sandbox/notifications").toString()));
    }

    @AfterEach
    void removeRealm() {
        realm.admin().removeRealm(realm.name());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tpp-developer.md", "app-developer.md"})
    void everyCommandDoesWhatThePageSays(String page) throws Exception {
        assumeTrue(Guide.canRun(), "needs bash, curl, jq and openssl");

        Guide.of(Path.of("..", "docs", page), realm).run(Duration.ofMinutes(3));
    }
}
