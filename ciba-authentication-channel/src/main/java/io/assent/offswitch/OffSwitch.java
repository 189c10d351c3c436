package io.assent.offswitch;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.ClientEntity;

/**
 * The switch that turns a TPP off. It is Keycloak's own, {@code enabled}, with a mark beside it: an update that had
 * read the client before writes {@code enabled} back, and a client may write it itself by its registration access
 * token. The mark is a row of its own, which nobody writes but this class; as long as it is there the client is off,
 * whatever {@code enabled} says.
 */
public final class OffSwitch {

    /** Who switched the client off, as {@link Hand}. */
    public static final String MARK = "assent.switched-off-by";

    /** When it was switched on the last time, in milliseconds: what it asked before is worth nothing. */
    public static final String ON_SINCE = "assent.switched-on-at";

    /** The client's attributes that nobody else writes. */
    public static final List<String> ATTRIBUTES = List.of(MARK, ON_SINCE);

    /** Who turns the switch. */
    enum Hand {
        /** The bank's staff, who turn it on again. */
        STAFF,
        /** Whoever turned Keycloak's own switch, in its console or admin API; and turns it on again there. */
        SERVER
    }

    private final ClientModel client;

    private OffSwitch(ClientModel client) {
        this.client = client;
    }

    public static OffSwitch of(ClientModel client) {
        return new OffSwitch(client);
    }

    /** The same for whoever turns it: of two at once the second one waits for the first one's commit. */
    public static OffSwitch toTurn(KeycloakSession session, ClientModel client) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        // with the mark that the first one wrote
        em.refresh(em.find(ClientEntity.class, client.getId()), LockModeType.PESSIMISTIC_WRITE);
        return of(client);
    }

    /** Whether the client may do nothing. */
    public boolean isOff() {
        return !client.isEnabled() || isMarked();
    }

    /** Whether the client may do nothing, also where Keycloak would let it. */
    public boolean isMarked() {
        return client.getAttribute(MARK) != null;
    }

    /** Whether what the client asked then is worth nothing, since it is off, or was switched off later. */
    public boolean voids(Instant asked) {
        return isOff() || asked.isBefore(onSince());
    }

    /** What can't be read was not written here: then nothing is worth anything that is not asked from now on. */
    private Instant onSince() {
        String since = client.getAttribute(ON_SINCE);
        try {
            return since == null ? Instant.EPOCH : Instant.ofEpochMilli(Long.parseLong(since));
        } catch (NumberFormatException unreadable) {
            return Instant.MAX;
        }
    }

    /**
     * Staff switch it off. Safe to repeat.
     *
     * @return whether it was on
     */
    public boolean turnOff() {
        boolean wasOn = !isOff();
        client.setAttribute(MARK, Hand.STAFF.name());
        client.setEnabled(false);
        return wasOn;
    }

    /**
     * Staff switch it on, whoever switched it off. Safe to repeat.
     *
     * @return whether it was off
     */
    public boolean turnOn(Instant now) {
        if (!isOff()) {
            return false;
        }
        clear(now);
        client.setEnabled(true);
        return true;
    }

    private void clear(Instant now) {
        client.removeAttribute(MARK);
        client.setAttribute(ON_SINCE, String.valueOf(now.toEpochMilli()));
    }

    /**
     * Makes Keycloak's own switch and the mark one again after an update of the client, whoever made it.
     *
     * @return whether the client is off
     */
    public boolean follow() {
        if (isMarked() && client.isEnabled()) {
            client.setEnabled(false);
        } else if (!client.isEnabled() && !isMarked()) {
            client.setAttribute(MARK, Hand.SERVER.name());
        }
        return isOff();
    }

    /**
     * An admin is about to update the client by Keycloak's own means. Where that turns it on it is on afterwards.
     *
     * @param enabled what the update makes of Keycloak's own switch, or {@code null} where it leaves it
     * @param attributes those of the update, or {@code null}; the switch's own are taken out
     * @param now when it is on again, if it is
     * @return whether the update may be made: what staff switched off they switch on themselves
     */
    public boolean admits(Boolean enabled, Map<String, String> attributes, Instant now) {
        boolean turnsOn = Boolean.TRUE.equals(enabled) && isOff();
        if (turnsOn && Hand.STAFF.name().equals(client.getAttribute(MARK))) {
            return false;
        }
        if (attributes != null) {
            attributes.keySet().removeAll(ATTRIBUTES);
        }
        if (turnsOn) {
            clear(now);
        }
        return true;
    }
}
