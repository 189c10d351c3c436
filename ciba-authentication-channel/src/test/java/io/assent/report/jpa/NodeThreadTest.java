package io.assent.report.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NodeThreadTest {

    @Test
    void itWritesAgainAfterAWriteThatFailedAndOnAThreadOfItsOwn() throws InterruptedException {
        CountDownLatch writes = new CountDownLatch(3);
        AtomicReference<String> thread = new AtomicReference<>();
        try (NodeThread node = new NodeThread()) {
            node.start(
                    () -> {
                        thread.set(Thread.currentThread().getName());
                        writes.countDown();
                        throw new IllegalStateException("the database is away");
                    },
                    Duration.ofMillis(1));

            assertThat(writes.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(thread.get()).isEqualTo("assent-signs-of-life");
    }
}
