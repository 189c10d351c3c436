package io.assent.destination;

import java.time.Instant;
import java.util.Optional;
import org.keycloak.component.ComponentModel;

/**
 * A destination that an admin set. What all types have in common is here; the rest is read by the type's
 * {@link EventDestinationFactory}.
 */
public final class Destination {

    private static final String ENABLED = "enabled";
    private static final String CUSTOMER_ID = "customerId";
    private static final String SOURCE = "source";
    private static final String GONE_AT = "goneAt";
    private static final String GONE_BECAUSE = "goneBecause";

    private final ComponentModel component;

    /** @param component as Keycloak keeps it */
    public Destination(ComponentModel component) {
        this.component = component;
    }

    /** Keycloak's own id of it. */
    public String id() {
        return component.getId();
    }

    /** What staff call it, once in a realm. */
    public String name() {
        return component.getName();
    }

    /** The id of its {@link EventDestinationFactory}. */
    public String type() {
        return component.getProviderId();
    }

    /** Whether events are kept for it, and sent. */
    public boolean isOn() {
        return component.get(ENABLED, false);
    }

    /** Whether its events name the customer, by Keycloak's id of the user. */
    public boolean hasCustomerId() {
        return component.get(CUSTOMER_ID, false);
    }

    /** What its events are said to come from; empty where that is the realm by its name. */
    public Optional<String> source() {
        return Setting.text(component, SOURCE);
    }

    /** When and why it was switched off by the server; empty where it was not. */
    public Optional<SwitchedOff> switchedOff() {
        return Setting.text(component, GONE_AT)
                .map(at -> new SwitchedOff(Instant.parse(at), component.get(GONE_BECAUSE, "")));
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
