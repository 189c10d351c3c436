package io.assent.doctor;

import io.assent.doctor.Diagnosis.Found;
import io.assent.doctor.RealmFacts.AppScope;
import io.assent.doctor.RealmFacts.Screen;
import io.assent.doctor.RealmFacts.ShownScope;
import io.assent.permission.ConsentSettings;
import io.assent.permission.ConsentSettings.Granularity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A realm, a server and clients that are as they should be, to be spoilt. */
final class Examples {

    static final String OWN = "onboarding";
    static final ShownScope PERMISSION = new ShownScope(true, true, false, true, List.of(), true);
    static final ShownScope STOCK = new ShownScope(false, true, false, false, List.of(), false);
    static final ServerFacts SERVER = new ServerFacts("26.7.4", true, false, false);
    static final ClientFacts APP = client("bank-app", "consent-app", "profile");
    static final ClientFacts TPP =
            new ClientFacts("acme", true, true, true, true, false, false, false, true, Set.of("accounts.balances"));

    static final RealmFacts REALM = new RealmFacts(
            new AppScope(true, true, false),
            true,
            true,
            true,
            new Screen(true, true),
            new ConsentSettings(
                    Granularity.ALL_OR_NOTHING,
                    Set.of(),
                    false,
                    Set.of(OWN),
                    Set.of(),
                    Set.of(),
                    List.of(),
                    false,
                    Optional.empty()),
            Map.of(),
            Map.of("accounts.balances", PERMISSION, "profile", STOCK),
            Map.of(),
            Set.of("fcm"),
            false,
            true,
            true,
            true,
            false,
            false);

    /** One that asks nobody. */
    static ClientFacts client(String clientId, String... scopes) {
        return new ClientFacts(clientId, true, false, false, false, false, false, false, true, Set.of(scopes));
    }

    static List<Finding> ids(Findings findings) {
        return findings.found().stream().map(Found::finding).toList();
    }

    private Examples() {}
}
