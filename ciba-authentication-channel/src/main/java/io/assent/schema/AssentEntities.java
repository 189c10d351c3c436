package io.assent.schema;

import io.assent.block.jpa.BlockEntity;
import io.assent.ciba.ping.PingEntity;
import io.assent.ciba.repeat.AnswerEntity;
import io.assent.cloudevent.EventSubjectEntity;
import io.assent.cloudevent.KeptEventEntity;
import io.assent.consent.jpa.ConsentEntity;
import io.assent.consent.jpa.ConsentRecordEntity;
import io.assent.device.jpa.DeviceEntity;
import io.assent.device.jpa.DeviceOwnerEntity;
import io.assent.device.jpa.GoneDeviceEntity;
import io.assent.link.jpa.LinkEntity;
import io.assent.logout.LogoutEntity;
import io.assent.outbox.jpa.OutboxEntity;
import io.assent.partner.jpa.PartnerAccessEntity;
import io.assent.partner.revocation.RevocationEntity;
import io.assent.report.jpa.ReportCallsEntity;
import io.assent.report.jpa.ReportDayEntity;
import io.assent.report.jpa.ReportNodeEntity;
import io.assent.request.jpa.ConsentRequestEntity;
import io.assent.request.jpa.ShownTextEntity;
import io.assent.securityevent.SecurityEventEntity;
import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/** Adds the pack's tables to Keycloak's own database and persistence unit. */
final class AssentEntities implements JpaEntityProvider {

    @Override
    public List<Class<?>> getEntities() {
        return List.of(
                BlockEntity.class,
                AnswerEntity.class,
                ConsentEntity.class,
                ConsentRecordEntity.class,
                ConsentRequestEntity.class,
                DeviceEntity.class,
                DeviceOwnerEntity.class,
                KeptEventEntity.class,
                GoneDeviceEntity.class,
                LinkEntity.class,
                LogoutEntity.class,
                OutboxEntity.class,
                PartnerAccessEntity.class,
                RevocationEntity.class,
                PingEntity.class,
                ReportCallsEntity.class,
                ReportDayEntity.class,
                ReportNodeEntity.class,
                SecurityEventEntity.class,
                ShownTextEntity.class,
                EventSubjectEntity.class);
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
