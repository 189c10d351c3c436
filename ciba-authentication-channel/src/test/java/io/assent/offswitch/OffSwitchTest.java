package io.assent.offswitch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.delegate.ClientModelLazyDelegate;

class OffSwitchTest {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private final Client client = new Client();
    private final OffSwitch offSwitch = OffSwitch.of(client);

    @Test
    void whatStaffSwitchedOffStaysOffWhateverIsWrittenIntoTheServersSwitch() {
        assertThat(offSwitch.turnOff()).isTrue();
        client.setEnabled(true);

        assertThat(offSwitch.isOff()).isTrue();
        assertThat(offSwitch.isMarked()).isTrue();
        assertThat(offSwitch.follow()).isTrue();
        assertThat(client.isEnabled()).isFalse();
    }

    @Test
    void whatIsDisabledInTheConsoleStaysOffLikewise() {
        client.setEnabled(false);
        assertThat(offSwitch.follow()).isTrue();
        client.setEnabled(true);

        assertThat(offSwitch.follow()).isTrue();
        assertThat(client.isEnabled()).isFalse();
    }

    @Test
    void aClientThatIsOnIsLeftAlone() {
        assertThat(offSwitch.follow()).isFalse();

        assertThat(offSwitch.isOff()).isFalse();
        assertThat(client.attributes).isEmpty();
        assertThat(offSwitch.turnOn(NOW)).isFalse();
        assertThat(client.attributes).isEmpty();
    }

    @Test
    void staffSwitchItOnAgainWhoeverSwitchedItOff() {
        offSwitch.turnOff();
        assertThat(offSwitch.turnOff()).isFalse();
        assertThat(offSwitch.turnOn(NOW)).isTrue();
        assertThat(offSwitch.isOff()).isFalse();

        client.setEnabled(false);
        offSwitch.follow();
        assertThat(offSwitch.turnOn(NOW)).isTrue();
        assertThat(client.isEnabled()).isTrue();
        assertThat(offSwitch.isMarked()).isFalse();
    }

    @Test
    void whatItAskedBeforeItWasSwitchedOnIsWorthNothing() {
        assertThat(offSwitch.voids(NOW)).isFalse();
        offSwitch.turnOff();
        assertThat(offSwitch.voids(NOW)).isTrue();
        offSwitch.turnOn(NOW);

        assertThat(offSwitch.voids(NOW.minusMillis(1))).isTrue();
        assertThat(offSwitch.voids(NOW)).isFalse();
    }

    @Test
    void aTimeThatCantBeReadMakesAllWorthNothing() {
        client.setAttribute(OffSwitch.ON_SINCE, "yesterday");

        assertThat(offSwitch.voids(NOW)).isTrue();
    }

    @Test
    void anAdminSwitchesOnWhatAnAdminSwitchedOff() {
        client.setEnabled(false);
        offSwitch.follow();
        Map<String, String> attributes = new HashMap<>(client.attributes);

        assertThat(offSwitch.admits(true, attributes, NOW)).isTrue();
        client.attributes.putAll(attributes);
        client.setEnabled(true);

        assertThat(offSwitch.follow()).isFalse();
        assertThat(client.isEnabled()).isTrue();
        assertThat(offSwitch.voids(NOW.minusMillis(1))).isTrue();
    }

    @Test
    void noUpdateSwitchesOnWhatStaffSwitchedOffAndOthersGoThrough() {
        offSwitch.turnOff();

        assertThat(offSwitch.admits(true, null, NOW)).isFalse();
        assertThat(offSwitch.admits(false, null, NOW)).isTrue();
        assertThat(offSwitch.admits(null, new HashMap<>(Map.of(OffSwitch.MARK, "")), NOW))
                .isTrue();
        assertThat(offSwitch.isMarked()).isTrue();
    }

    @Test
    void noUpdateWritesTheMark() {
        offSwitch.turnOff();
        Map<String, String> attributes = new HashMap<>(Map.of(OffSwitch.MARK, "", OffSwitch.ON_SINCE, "0", "own", "1"));

        assertThat(offSwitch.admits(false, attributes, NOW)).isTrue();

        assertThat(attributes).containsOnlyKeys("own");
    }

    /** As the server's, with what the switch is about. */
    private static final class Client extends ClientModelLazyDelegate {

        private final Map<String, String> attributes = new HashMap<>();
        private boolean enabled = true;

        Client() {
            super(() -> null);
        }

        @Override
        public boolean isEnabled() {
            return enabled;
        }

        @Override
        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }

        @Override
        public String getAttribute(String name) {
            return attributes.get(name);
        }

        @Override
        public void setAttribute(String name, String value) {
            attributes.put(name, value);
        }

        @Override
        public void removeAttribute(String name) {
            attributes.remove(name);
        }
    }
}
