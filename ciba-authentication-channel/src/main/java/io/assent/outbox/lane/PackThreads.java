package io.assent.outbox.lane;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes background threads that keep no server from stopping, and that see the pack's classes. */
public final class PackThreads implements ThreadFactory {

    private final String purpose;
    private final AtomicInteger number = new AtomicInteger();

    /** @param purpose what a thread dump calls them by */
    public PackThreads(String purpose) {
        this.purpose = purpose;
    }

    @Override
    public Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "assent-" + purpose + "-" + number.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(PackThreads.class.getClassLoader());
        return thread;
    }
}
