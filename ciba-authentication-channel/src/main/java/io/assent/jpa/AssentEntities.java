package io.assent.jpa;

import io.assent.ciba.PingEntity;
import io.assent.consent.jpa.ConsentRequestEntity;
import io.assent.device.jpa.DeviceEntity;
import io.assent.push.OutboxEntity;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/** Adds the pack's tables to Keycloak's own database and persistence unit. */
final class AssentEntities implements JpaEntityProvider {

    @Override
    public List<Class<?>> getEntities() {
        return List.of(ConsentRequestEntity.class, DeviceEntity.class, OutboxEntity.class, PingEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/assent-changelog.xml";
    }

    @Override
    public String getFactoryId() {
        return AssentEntitiesFactory.ID;
    }

    @Override
    public void close() {}
}
