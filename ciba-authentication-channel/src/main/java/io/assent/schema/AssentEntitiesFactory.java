package io.assent.schema;

import io.assent.following.Following;
import io.assent.request.ConsentApp;
import io.assent.server.AfterMigration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderEvent;

/** Tells Keycloak of the pack's tables, and keeps them from growing for ever. */
public final class AssentEntitiesFactory implements JpaEntityProviderFactory {

    /** Part of the name of the table in which Liquibase keeps count: never change it. */
    static final String ID = "assent";

    private Retention retention;

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new AssentEntities();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {
        retention = Retention.read(config);
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(AssentEntitiesFactory::follow);
        AfterMigration.schedule(
                factory, new Housekeeping(chores()), retention.interval().toMillis());
    }

    private static void follow(ProviderEvent event) {
        if (event instanceof RealmRemovedEvent removed) {
            Following.of(removed.getKeycloakSession()).forget(removed.getRealm());
        }
    }

    private List<Housekeeping.Chore> chores() {
        List<Housekeeping.Chore> chores = new ArrayList<>(Purge.all(retention));
        chores.addAll(PurgeRequests.all(retention));
        chores.add(new DateWords());
        chores.add(new ImportConsents(new ConsentApp()));
        chores.add(new TellExpired());
        chores.add(new TakeBackOfSwitchedOff());
        chores.add(new TellEndedPartners());
        chores.add(new FollowChanges());
        chores.addAll(ConsentTimes.all());
        // of days whose requests are gone in part it would count a part
        chores.add(new CountForReports(Collections.min(List.of(retention.unanswered(), retention.answered()))));
        return chores;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return Retention.metadata();
    }

    @Override
    public void close() {}
}
