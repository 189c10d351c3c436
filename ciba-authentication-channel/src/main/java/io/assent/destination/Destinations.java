package io.assent.destination;

import io.assent.server.OperatorLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.component.ComponentModel;
import org.keycloak.component.ComponentValidationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The door to the destinations of a realm. Belongs to the caller's transaction. */
public final class Destinations {

    /** In one realm. */
    public static final int MOST = 10;

    /** Of a destination: it stands in paths and log lines. */
    public static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,35}");

    private static final String TYPE = EventDestination.class.getName();
    private static final OperatorLog OPERATOR = new OperatorLog(Logger.getLogger(Destinations.class));

    private final KeycloakSession session;
    private final RealmModel realm;

    private Destinations(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    public static Destinations of(KeycloakSession session, RealmModel realm) {
        return new Destinations(session, realm);
    }

    /** Whether the realm has any, be they on or off. */
    public boolean areThere() {
        return components().findAny().isPresent();
    }

    /** All, by name. */
    public List<Destination> all() {
        return components()
                .map(Destination::new)
                .sorted(Comparator.comparing(Destination::name))
                .toList();
    }

    private Stream<ComponentModel> components() {
        return realm.getComponentsStream(realm.getId(), TYPE);
    }

    /** Those that events are kept for. In a realm that has none, this costs nothing. */
    public List<Destination> on() {
        List<Destination> all = all();
        all.stream().filter(Destination::isEnabled).forEach(this::tellOfFlaw);
        return all.stream().filter(Destination::isOn).limit(MOST).toList();
    }

    private void tellOfFlaw(Destination destination) {
        destination
                .flaw()
                .ifPresent(flaw -> OPERATOR.error(
                        destination.id(),
                        "Destination '%s' of realm '%s' has wrong settings, and gets no events: %s Set it anew"
                                .formatted(destination.nameOrId(), realm.getName(), flaw)));
    }

    /**
     * What is wrong with how one is set, whoever sets it; the settings of its type are the type's own to check.
     *
     * @param settings as they are to be
     * @return how it must be, without repeating a value
     */
    Optional<String> flaw(ComponentModel settings) {
        List<Destination> all = all();
        Optional<Destination> before =
                all.stream().filter(one -> one.id().equals(settings.getId())).findFirst();
        Destination set = new Destination(settings);
        return set.flaw()
                .or(() -> flawWhere(
                        before.filter(one -> !one.type().equals(set.type())).isPresent(), "Its type can't change."))
                .or(() -> flawWhere(
                        all.stream()
                                .anyMatch(one -> one.name().equals(set.name())
                                        && !one.id().equals(settings.getId())),
                        "The realm has another destination of this name."))
                .or(() -> flawWhere(
                        before.isEmpty() && all.size() >= MOST, "A realm has at most " + MOST + " destinations."));
    }

    private static Optional<String> flawWhere(boolean wrong, String flaw) {
        return wrong ? Optional.of(flaw) : Optional.empty();
    }

    public Optional<Destination> find(String name) {
        return all().stream()
                .filter(destination -> destination.name().equals(name))
                .findFirst();
    }

    /** Whether or not it is on. */
    public Optional<Destination> byId(String id) {
        return Optional.ofNullable(realm.getComponent(id))
                .filter(component -> TYPE.equals(component.getProviderType()))
                .map(Destination::new);
    }

    /** The types that this server has, by their ids. */
    public List<EventDestinationFactory> types() {
        return session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(EventDestination.class)
                .map(EventDestinationFactory.class::cast)
                .sorted(Comparator.comparing(EventDestinationFactory::getId))
                .toList();
    }

    /** Empty where the server does not have the type, or not any more. */
    public Optional<EventDestinationFactory> factory(String type) {
        return Optional.ofNullable((EventDestinationFactory)
                session.getKeycloakSessionFactory().getProviderFactory(EventDestination.class, type));
    }

    /**
     * Sets a destination, anew or otherwise.
     *
     * @param type whose factory there is
     * @param settings all that the type's factory declares, by name; one that is empty is not set
     */
    public PutResult put(String name, String type, Destination.Common common, Map<String, Optional<String>> settings) {
        Optional<Destination> before = find(name);
        if (before.filter(same -> !same.type().equals(type)).isPresent()) {
            return new PutResult.OtherType();
        }
        if (before.isEmpty() && all().size() >= MOST) {
            return new PutResult.TooMany();
        }
        ComponentModel component =
                before.map(same -> new ComponentModel(same.settings())).orElseGet(() -> newComponent(name, type));
        Destination destination = new Destination(component).with(common);
        settings.forEach(destination::set);
        try {
            if (before.isEmpty()) {
                return new PutResult.Done(new Destination(realm.addComponentModel(component)));
            }
            realm.updateComponent(component);
            return new PutResult.Done(destination);
        } catch (ComponentValidationException wrong) {
            return new PutResult.Wrong(wrong.getMessage());
        }
    }

    private ComponentModel newComponent(String name, String type) {
        ComponentModel component = new ComponentModel();
        // of two that set the same one at once, the database takes one
        component.setId(
                UUID.nameUUIDFromBytes((TYPE + ' ' + realm.getId() + ' ' + name).getBytes(StandardCharsets.UTF_8))
                        .toString());
        component.setName(name);
        component.setParentId(realm.getId());
        component.setProviderType(TYPE);
        component.setProviderId(type);
        return component;
    }

    public void remove(Destination destination) {
        realm.removeComponent(destination.settings());
    }

    /**
     * The receiver wants nothing any more. What is set stays, for who switches it on again.
     *
     * @param asSet as it was when the receiver was asked: where it was set anew since, nothing is done
     */
    public void switchOff(Destination asSet, Instant now, String reason) {
        byId(asSet.id())
                .filter(Destination::isOn)
                .filter(asSet::isSetAs)
                .ifPresent(
                        destination -> realm.updateComponent(new Destination(new ComponentModel(destination.settings()))
                                .off(now, reason)
                                .settings()));
    }

    /** What came of setting one. */
    public sealed interface PutResult {

        record Done(Destination destination) implements PutResult {}

        /** There is one of this name and of another type. */
        record OtherType() implements PutResult {}

        /** The realm has {@link #MOST}. */
        record TooMany() implements PutResult {}

        /** @param flaw what is to be set otherwise, in words */
        record Wrong(String flaw) implements PutResult {}
    }
}
