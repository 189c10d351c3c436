package io.assent.rest.partner;

import io.assent.partner.provider.Refresh;
import io.assent.partner.provider.TokenResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Fetches tokens of partners anew: some at once on this node, each on a thread of its own, with no transaction open.
 */
public final class Refreshes implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Refreshes.class);

    private static final int AT_ONCE = 32;

    /** A partner that hangs leaves threads for the others. */
    private static final int AT_ONE_PARTNER = 8;

    private final Semaphore free = new Semaphore(AT_ONCE);

    /** By partner, of which there are as many as admins made. */
    private final Map<String, Semaphore> freeAt = new ConcurrentHashMap<>();

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), Refreshes::thread);

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "assent-partner-refresh");
        thread.setDaemon(true);
        thread.setContextClassLoader(Refreshes.class.getClassLoader());
        return thread;
    }

    /**
     * Makes it once the session's transaction is committed, and not at all if it is not. Never waits.
     *
     * @return what will come of it; empty where too many are made already
     */
    Optional<CompletionStage<TokenResult>> afterCommit(KeycloakSession session, Refresh refresh) {
        Semaphore atPartner = freeAt.computeIfAbsent(refresh.partner(), any -> new Semaphore(AT_ONE_PARTNER));
        if (!atPartner.tryAcquire()) {
            return Optional.empty();
        }
        if (!free.tryAcquire()) {
            atPartner.release();
            return Optional.empty();
        }
        Underway underway = new Underway(refresh, atPartner, new CompletableFuture<>());
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                start(underway);
            }

            @Override
            protected void rollbackImpl() {
                end(underway);
            }
        });
        return Optional.of(underway.result());
    }

    private void start(Underway underway) {
        try {
            threads.execute(() -> make(underway));
        } catch (RejectedExecutionException closed) {
            end(underway);
        }
    }

    private void make(Underway underway) {
        try {
            underway.result().complete(underway.refresh().make());
        } catch (RuntimeException e) {
            LOG.error(
                    "A partner's token was fetched, and could not be kept. Check the database. If the partner takes its"
                            + " old refresh token no more, the customer has to connect the partner anew.",
                    e);
        } finally {
            end(underway);
        }
    }

    /** Where nothing came of it nobody waits any longer. */
    private void end(Underway underway) {
        free.release();
        underway.atPartner().release();
        underway.result().complete(new TokenResult.Unavailable());
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private record Underway(Refresh refresh, Semaphore atPartner, CompletableFuture<TokenResult> result) {}
}
