package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.assent.rest.OpenBodies.Reading;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a body may take, and how many there may be at once. */
class OpenBodiesTest {

    private final OpenBodies patient = new OpenBodies(Duration.ofMinutes(1));
    private final OpenBodies hasty = new OpenBodies(Duration.ofMillis(50));
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        callers.shutdownNow();
        patient.close();
        hasty.close();
    }

    private static InputStream whole() {
        return new ByteArrayInputStream(new byte[] {1, 2, 3});
    }

    private static void assertRead(Reading reading) {
        assertThat(reading).isInstanceOfSatisfying(Reading.Whole.class, whole -> assertThat(whole.bytes())
                .hasSize(3));
    }

    /** Opens bodies that do not end before the latch. */
    private void open(int bodies, String sender, CountDownLatch end, List<Future<?>> opened)
            throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(bodies);
        for (int body = 0; body < bodies; body++) {
            opened.add(callers.submit(() -> patient.read(sender, new Endless(begun, end), 10)));
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aBodyThatIsThereIsRead() throws IOException {
        assertRead(patient.read("alice", whole(), 10));
        assertThat(((Reading.Whole) patient.read("alice", whole(), 2)).bytes()).hasSize(2);
    }

    @Test
    void aBodyThatTakesTooLongIsRefusedAndItsThreadGoesOn() throws IOException {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(hasty.read("alice", new Endless(new CountDownLatch(1), never), 10))
                .isInstanceOf(Reading.Slow.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertRead(hasty.read("alice", whole(), 10));
    }

    @Test
    void aBodyThatBreaksInTimeIsToldAsThat() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("broken");
            }
        };

        assertThatThrownBy(() -> patient.read("alice", broken, 10)).hasMessage("broken");
    }

    @Test
    void nobodyHasMoreThanTwoAtOnceAndOthersGoOn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Future<?>> opened = new ArrayList<>();
        open(2, "mallory", end, opened);

        assertThat(patient.read("mallory", whole(), 10)).isInstanceOf(Reading.TooManyOfOne.class);
        assertRead(patient.read("alice", whole(), 10));

        end.countDown();
        for (Future<?> body : opened) {
            body.get(10, TimeUnit.SECONDS);
        }
        assertRead(patient.read("mallory", whole(), 10));
    }

    @Test
    void allTogetherLeaveMostThreadsAlone() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        List<Future<?>> opened = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            open(2, "mallory-" + sender, end, opened);
        }

        assertThat(patient.read("alice", whole(), 10)).isInstanceOf(Reading.TooMany.class);

        end.countDown();
        for (Future<?> body : opened) {
            body.get(10, TimeUnit.SECONDS);
        }
        assertRead(patient.read("alice", whole(), 10));
    }

    /** A body of which nothing comes before the latch, and whose reader can be woken, as the server's. */
    private static final class Endless extends InputStream {

        private final CountDownLatch begun;
        private final CountDownLatch end;

        Endless(CountDownLatch begun, CountDownLatch end) {
            this.begun = begun;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            begun.countDown();
            try {
                end.await();
                return -1;
            } catch (InterruptedException woken) {
                throw new InterruptedIOException();
            }
        }
    }
}
