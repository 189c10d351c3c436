package io.assent.upgrade;

import io.assent.request.ConsentApp;
import io.assent.server.OperatorLog;
import io.assent.upgrade.Progress.Behind;
import io.assent.upgrade.Progress.Done;
import io.assent.upgrade.Progress.Within;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.configuration.ServerConfigStorageProvider;

/**
 * What stands in Keycloak's {@code USER_CONSENT} since before there were consents becomes consents, once: as far as
 * this pack recorded that the customer's newest answer about it was yes. What nothing backs is asked for again.
 *
 * <p>How far it came is kept with the server's own settings, after customers whose imports are committed, each by
 * itself: of a customer who comes a second time, since the node died in between, nothing is imported again.
 */
public final class StoredConsentImport {

    private static final Logger LOG = Logger.getLogger(StoredConsentImport.class);
    private static final OperatorLog OPERATOR = new OperatorLog(LOG);

    private static final String SETTING = "assent.stored-consent-import";

    /** At once, so that housekeeping goes on with the rest soon. */
    private static final int CUSTOMERS = 50;

    private static final String ASKED =
            "select distinct r.userId from ConsentRequestEntity r where r.realmId = :realm%s order by r.userId";

    private final KeycloakSession session;
    private final ServerConfigStorageProvider settings;
    private final ConsentApp app;

    public StoredConsentImport(KeycloakSession session, ConsentApp app) {
        this.session = session;
        this.app = app;
        settings = session.getProvider(ServerConfigStorageProvider.class);
    }

    /**
     * Goes on with the next customers.
     *
     * @return whether there may be more
     */
    public boolean importSome() {
        Progress before = Progress.parse(settings.loadOrCreate(SETTING, Progress.BEGIN::toString));
        if (before instanceof Done) {
            return false;
        }
        Progress after = session.realms()
                .getRealmsStream()
                .filter(realm -> before.leaves(realm.getId()) && app.isIn(realm))
                .min(Comparator.comparing(RealmModel::getId))
                .map(realm -> importSome(realm, before.lastCustomer(realm.getId())))
                .orElseGet(Done::new);
        settings.replace(SETTING, before.toString()::equals, after::toString);
        return !(after instanceof Done);
    }

    private Progress importSome(RealmModel realm, Optional<String> lastCustomer) {
        List<String> customers = asked(realm, lastCustomer);
        long imported = customers.stream()
                .mapToInt(customer -> importOf(realm, customer))
                .sum();
        if (imported > 0) {
            LOG.infof(
                    "Realm '%s': %d more consents were made from what customers granted before the upgrade",
                    realm.getName(), imported);
        }
        return customers.size() < CUSTOMERS
                ? new Behind(realm.getId())
                : new Within(realm.getId(), customers.get(customers.size() - 1));
    }

    private List<String> asked(RealmModel realm, Optional<String> lastCustomer) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        TypedQuery<String> query = em.createQuery(
                        ASKED.formatted(lastCustomer.isPresent() ? " and r.userId > :last" : ""), String.class)
                .setParameter("realm", realm.getId())
                .setMaxResults(CUSTOMERS);
        lastCustomer.ifPresent(last -> query.setParameter("last", last));
        return query.getResultList();
    }

    /** By itself: one that fails holds up nobody. */
    private int importOf(RealmModel realm, String userId) {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
                RealmModel same = own.realms().getRealm(realm.getId());
                own.getContext().setRealm(same);
                return new CustomerImport(own, same).run(userId);
            });
        } catch (RuntimeException notNow) {
            OPERATOR.warn(
                    "import",
                    ("No consents could be made from what customer %s granted before the upgrade (%s): the"
                                    + " customer is asked again")
                            .formatted(userId, notNow.getClass().getSimpleName()));
            return 0;
        }
    }
}
