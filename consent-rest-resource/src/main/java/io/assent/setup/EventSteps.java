package io.assent.setup;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.events.EventType;
import org.keycloak.models.RealmModel;

/** Events on; where the bank chose some types, with those that the pack tells of as well. */
final class EventSteps {

    /** Those of the page of operations, and of polls that get no tokens. */
    static final Set<EventType> OURS = Set.of(
            EventType.AUTHREQID_TO_TOKEN,
            EventType.AUTHREQID_TO_TOKEN_ERROR,
            EventType.CUSTOM_REQUIRED_ACTION,
            EventType.CUSTOM_REQUIRED_ACTION_ERROR,
            EventType.GRANT_CONSENT,
            EventType.GRANT_CONSENT_ERROR,
            EventType.REMOVE_CREDENTIAL,
            EventType.REVOKE_GRANT,
            EventType.UPDATE_CONSENT,
            EventType.UPDATE_CREDENTIAL,
            EventType.UPDATE_CREDENTIAL_ERROR);

    private final RealmModel realm;
    private final Template template;

    EventSteps(RealmModel realm, Template template) {
        this.realm = realm;
        this.template = template;
    }

    void addTo(Steps steps) {
        if (!realm.isEventsEnabled()) {
            steps.change(
                    new Change("events", "on", "Save user events; where no expiration is set, for 90 days."), () -> {
                        realm.setEventsEnabled(true);
                        if (realm.getEventsExpiration() == 0) {
                            realm.setEventsExpiration(template.eventsExpiration());
                        }
                    });
        }
        Set<String> types = realm.getEnabledEventTypesStream().collect(Collectors.toCollection(TreeSet::new));
        Set<String> missing = OURS.stream().map(EventType::name).collect(Collectors.toCollection(TreeSet::new));
        missing.removeAll(types);
        // none chosen means all
        if (!types.isEmpty() && !missing.isEmpty()) {
            steps.change(
                    new Change(
                            "event-types",
                            String.join(" ", missing),
                            "Save also the user events " + String.join(", ", missing) + "."),
                    () -> {
                        types.addAll(missing);
                        realm.setEnabledEventTypes(types);
                    });
        }
        if (!realm.isAdminEventsEnabled()) {
            steps.change(
                    new Change("admin-events", "on", "Save admin events."), () -> realm.setAdminEventsEnabled(true));
        }
    }
}
