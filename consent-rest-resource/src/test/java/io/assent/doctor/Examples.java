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
    static final ClientFacts TPP = client("acme", Set.of(Trait.CIBA, Trait.CONSENT_REQUIRED), "accounts.balances");

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
        return client(clientId, Set.of(), scopes);
    }

    static ClientFacts client(String clientId, Set<Trait> traits, String... scopes) {
        return new ClientFacts(
                clientId,
                !traits.contains(Trait.DISABLED),
                traits.contains(Trait.CIBA) || traits.contains(Trait.CONSENT_REQUIRED),
                traits.contains(Trait.CIBA),
                traits.contains(Trait.CONSENT_REQUIRED),
                traits.contains(Trait.FULL_SCOPE),
                traits.contains(Trait.MANAGEMENT_ROLES),
                traits.contains(Trait.DETAILS),
                false,
                !traits.contains(Trait.NO_SUBJECT),
                Set.of(scopes));
    }

    static List<Finding> ids(Findings findings) {
        return findings.found().stream().map(Found::finding).toList();
    }

    /** What a client may have. */
    enum Trait {
        DISABLED,
        CIBA,
        CONSENT_REQUIRED,
        FULL_SCOPE,
        MANAGEMENT_ROLES,
        DETAILS,
        NO_SUBJECT
    }

    private Examples() {}
}
