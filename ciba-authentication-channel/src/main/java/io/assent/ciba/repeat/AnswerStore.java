package io.assent.ciba.repeat;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;

/** Keeps answers, by the hash of the client and its key. */
final class AnswerStore {

    private final EntityManager em;

    AnswerStore(EntityManager em) {
        this.em = em;
    }

    /** What a call was answered whose request's time is not over. */
    Optional<AnswerEntity> find(IdempotencyKey key, Instant now) {
        return Optional.ofNullable(em.find(AnswerEntity.class, key.id())).filter(answer -> !answer.isOver(now));
    }

    /**
     * Keeps an answer; fails where there is one. Written now, and not with the commit: of two calls at once the second
     * one waits here for the first one's commit, which is what follows.
     */
    void add(IdempotencyKey key, CallContent content, byte[] answer, Instant now, Instant expiresAt) {
        Optional.ofNullable(em.find(AnswerEntity.class, key.id()))
                .filter(before -> before.isOver(now))
                .ifPresent(over -> {
                    em.remove(over);
                    em.flush();
                });
        em.persist(new AnswerEntity(key.id(), key.hash(content), SealedAnswer.seal(key, answer), expiresAt));
        em.flush();
    }
}
