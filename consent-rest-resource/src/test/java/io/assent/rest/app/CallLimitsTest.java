package io.assent.rest.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.Config;

/** A limit that is none is refused at start, with what to set. */
class CallLimitsTest {

    private static final String PREFIX = "--spi-realm-restapi-extension--consent--";

    @Test
    void whatIsUnsetIsSixtyCallsAMinute() {
        CallLimits limits = CallLimits.read(new Options(Map.of()));

        for (int call = 0; call < 60; call++) {
            assertThat(limits.decisions().exceededBy("alice")).isEmpty();
            assertThat(limits.deviceCalls().exceededBy("alice")).isEmpty();
        }
    }

    @Test
    void aClientHasMoreCallsThanACustomer() {
        CallLimits limits = CallLimits.read(new Options(Map.of()));

        for (int call = 0; call < 600; call++) {
            assertThat(limits.grantCalls().exceededBy("acme")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "decisions-per-minute, many",
        "decisions-per-minute, 0",
        "decisions-per-minute, 1000000",
        "device-calls-per-minute, 0",
        "device-calls-per-minute, -1",
        "grant-calls-per-minute, 0"
    })
    void aLimitThatIsNoneIsRefused(String option, String value) {
        assertThatThrownBy(() -> CallLimits.read(new Options(Map.of(option, value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(PREFIX + option)
                .hasMessageContaining("from 1 to")
                .hasMessageContaining("'" + value + "'");
    }

    /** A provider's options, as a server would hand them to it. */
    private static final class Options extends Config.AbstractScope {

        private final Map<String, String> values;

        Options(Map<String, String> values) {
            this.values = values;
        }

        @Override
        public String get(String key) {
            return values.get(key);
        }

        @Override
        public Config.Scope scope(String... scope) {
            throw new UnsupportedOperationException();
        }

        @Override
        @Deprecated
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public Config.Scope root() {
            throw new UnsupportedOperationException();
        }
    }
}
