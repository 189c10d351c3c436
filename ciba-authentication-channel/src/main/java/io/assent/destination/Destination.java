package io.assent.destination;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;

/**
 * A destination that an admin set. What all types have in common is here; the rest is read by the type's
 * {@link EventDestinationFactory}. One that is not set right is off, and says why: whoever set it may have gone past
 * the checks.
 */
public final class Destination {

    private static final String ENABLED = "enabled";
    private static final String CUSTOMER_ID = "customerId";
    private static final String SOURCE = "source";
    private static final String GONE_AT = "goneAt";
    private static final String GONE_BECAUSE = "goneBecause";

    private static final Set<String> FLAGS = Set.of("true", "false");
    private static final int LONGEST_SOURCE = 255;

    private final ComponentModel component;

    /** @param component as Keycloak keeps it */
    public Destination(ComponentModel component) {
        this.component = component;
    }

    /** Keycloak's own id of it. */
    public String id() {
        return component.getId();
    }

    /** What staff call it, once in a realm; as it stands there, also where it is none. */
    public String name() {
        return Optional.ofNullable(component.getName()).orElse("");
    }

    /** What log lines call it. */
    public String nameOrId() {
        return hasName() ? name() : id();
    }

    /** The id of its {@link EventDestinationFactory}. */
    public String type() {
        return component.getProviderId();
    }

    /** Whether events are kept for it, and sent. */
    public boolean isOn() {
        return isEnabled() && flaw().isEmpty();
    }

    /** Whether an admin wants events to be kept for it. */
    boolean isEnabled() {
        return isSet(ENABLED);
    }

    /** What is wrong with how it is set, of what all types have in common, and how it must be; without a value. */
    public Optional<String> flaw() {
        return Stream.<Supplier<Optional<String>>>of(
                        this::flawOfName,
                        () -> flawOfFlag(ENABLED),
                        () -> flawOfFlag(CUSTOMER_ID),
                        () -> source().flatMap(Destination::flawOfSource),
                        () -> Setting.text(component, GONE_AT).flatMap(Destination::flawOfTime))
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private boolean hasName() {
        return Destinations.NAME.matcher(name()).matches();
    }

    private Optional<String> flawOfName() {
        return hasName()
                ? Optional.empty()
                : Optional.of("Its name must be 1 to 36 lower case letters, digits and hyphens, and begin with none.");
    }

    private Optional<String> flawOfFlag(String name) {
        return Setting.text(component, name)
                .filter(value -> !FLAGS.contains(value))
                .map(value -> "'" + name + "' must be true or false.");
    }

    private boolean isSet(String flag) {
        return Setting.text(component, flag).filter("true"::equals).isPresent();
    }

    private static Optional<String> flawOfSource(String source) {
        try {
            return source.length() <= LONGEST_SOURCE && new URI(source).isAbsolute()
                    ? Optional.empty()
                    : Optional.of("'source' must be an absolute URI of at most " + LONGEST_SOURCE + " characters.");
        } catch (URISyntaxException notAUri) {
            return Optional.of("'source' must be a URI.");
        }
    }

    private static Optional<String> flawOfTime(String at) {
        return time(at).isPresent()
                ? Optional.empty()
                : Optional.of(
                        "'goneAt' is the server's to set, a time in ISO 8601: remove it, or set the destination anew.");
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    /** Whether its events name the customer, by Keycloak's id of the user. */
    public boolean hasCustomerId() {
        return isSet(CUSTOMER_ID);
    }

    /** What its events are said to come from; empty where that is the realm by its name. */
    public Optional<String> source() {
        return Setting.text(component, SOURCE);
    }

    /** When and why it was switched off by the server; empty where it was not, or is on again. */
    public Optional<SwitchedOff> switchedOff() {
        return Setting.text(component, GONE_AT)
                .filter(at -> !isEnabled())
                .flatMap(Destination::time)
                .map(at -> new SwitchedOff(at, component.get(GONE_BECAUSE, "")));
    }

    /** For its factory. */
    public ComponentModel settings() {
        return component;
    }

    /** The same with what all types have in common, and not switched off by the server. */
    Destination with(Common common) {
        component.put(ENABLED, common.enabled());
        component.put(CUSTOMER_ID, common.customerId());
        set(SOURCE, common.source());
        set(GONE_AT, Optional.empty());
        set(GONE_BECAUSE, Optional.empty());
        return this;
    }

    /** Whether nothing was set otherwise since. */
    public boolean isSetAs(Destination other) {
        return component.getConfig().equals(other.component.getConfig());
    }

    Destination off(Instant now, String reason) {
        component.put(ENABLED, false);
        component.put(GONE_AT, now.toString());
        component.put(GONE_BECAUSE, reason);
        return this;
    }

    void set(String name, Optional<String> value) {
        value.ifPresentOrElse(
                text -> component.put(name, text), () -> component.getConfig().remove(name));
    }

    /**
     * What all types have in common.
     *
     * @param enabled whether events are kept for it and sent
     * @param customerId whether its events name the customer
     * @param source what its events are said to come from, or empty for the realm by its name
     */
    public record Common(boolean enabled, boolean customerId, Optional<String> source) {}

    /** When and why the server switched it off. */
    public record SwitchedOff(Instant at, String reason) {}
}
