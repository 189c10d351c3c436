package io.assent.rest.partner;

import io.assent.partner.provider.Refresh;
import io.assent.partner.provider.TokenResult;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
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

    /** So many threads a partner that hangs can hold. */
    private static final int AT_ONCE = 32;

    private final Semaphore free = new Semaphore(AT_ONCE);
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
        if (!free.tryAcquire()) {
            return Optional.empty();
        }
        CompletableFuture<TokenResult> result = new CompletableFuture<>();
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                start(refresh, result);
            }

            @Override
            protected void rollbackImpl() {
                end(result);
            }
        });
        return Optional.of(result);
    }

    private void start(Refresh refresh, CompletableFuture<TokenResult> result) {
        try {
            threads.execute(() -> make(refresh, result));
        } catch (RejectedExecutionException closed) {
            end(result);
        }
    }

    private void make(Refresh refresh, CompletableFuture<TokenResult> result) {
        try {
            result.complete(refresh.make());
        } catch (RuntimeException e) {
            LOG.error(
                    "A partner's token was fetched, and could not be kept. It may be that the customer has to connect anew",
                    e);
        } finally {
            end(result);
        }
    }

    /** Where nothing came of it nobody waits any longer. */
    private void end(CompletableFuture<TokenResult> result) {
        free.release();
        result.complete(new TokenResult.Unavailable());
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
