package io.assent.push.fcm;

import com.google.firebase.FirebaseApp;
import com.google.firebase.ThreadManager;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Spares the SDK its pool of a hundred threads: every send is made on its caller's. */
final class SameThreadManager extends ThreadManager {

    private final ThreadFactory threads;

    SameThreadManager(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Has no thread until somebody asks for one, which nobody does. */
    @Override
    protected ExecutorService getExecutor(FirebaseApp app) {
        return new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    }

    @Override
    protected void releaseExecutor(FirebaseApp app, ExecutorService executor) {
        executor.shutdownNow();
    }

    @Override
    protected ThreadFactory getThreadFactory() {
        return threads;
    }
}
