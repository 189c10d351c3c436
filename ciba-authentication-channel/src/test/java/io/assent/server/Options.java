package io.assent.server;

import java.util.Map;
import java.util.Set;
import org.keycloak.Config;

/** A provider's options, as a server would hand them to it. */
public final class Options extends Config.AbstractScope {

    private final Map<String, String> values;

    public Options(Map<String, String> values) {
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
