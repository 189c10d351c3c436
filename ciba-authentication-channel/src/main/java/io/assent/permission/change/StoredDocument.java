package io.assent.permission.change;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.keycloak.models.jpa.entities.ComponentConfigEntity;
import org.keycloak.models.jpa.entities.RealmEntity;

/** The row of a realm's document, past all caches. Of two that write at once, the second sees what the first wrote. */
final class StoredDocument {

    /** Of the component's setting. */
    static final String NAME = "document";

    private final EntityManager em;
    private final String realmId;

    StoredDocument(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /**
     * Makes others wait until this transaction ends.
     *
     * @return what is stored; empty where nothing is
     */
    Optional<String> lock(String componentId) {
        // there may be no other row yet
        em.createQuery("select realm from RealmEntity realm where realm.id = :id", RealmEntity.class)
                .setParameter("id", realmId)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getSingleResult();
        return em.createQuery(
                        "select setting from ComponentConfigEntity setting"
                                + " where setting.component.id = :id and setting.name = :name",
                        ComponentConfigEntity.class)
                .setParameter("id", componentId)
                .setParameter("name", NAME)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .findFirst()
                .map(this::asItIsNow);
    }

    private String asItIsNow(ComponentConfigEntity setting) {
        em.refresh(setting, LockModeType.PESSIMISTIC_WRITE);
        return setting.getValue();
    }
}
