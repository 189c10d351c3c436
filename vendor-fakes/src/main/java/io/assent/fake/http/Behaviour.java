package io.assent.fake.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** How a fake vendor treats a call. The vendors' own errors are at the fakes. */
public final class Behaviour {

    /** As the vendor does on a good day. */
    public static final Behaviour USUAL = new Behaviour(call -> call.answer(call.usual()));

    /** Answers 200 with something that no vendor says. Nothing is taken. */
    public static final Behaviour GARBAGE =
            new Behaviour(call -> call.answer(Answer.of(200, "text/html", "<h1>It works!</h1")));

    /** Takes what it gets, and closes the connection in the middle of the answer. */
    public static final Behaviour CUT_OFF = new Behaviour(call -> call.cutOff(call.usual()));

    /** Closes the connection without an answer. Nothing is taken. */
    public static final Behaviour HANG_UP = new Behaviour(Call::hangUp);

    private final Part part;

    private Behaviour(Part part) {
        this.part = part;
    }

    /** Takes what it gets, and answers late. */
    public static Behaviour slow(Duration by) {
        return new Behaviour(call -> {
            Answer answer = call.usual();
            if (slept(by)) {
                call.answer(answer);
            } else {
                call.hangUp();
            }
        });
    }

    /** Says nothing for so long, and then closes the connection without an answer. Nothing is taken. */
    public static Behaviour hanging(Duration time) {
        return new Behaviour(call -> {
            slept(time);
            call.hangUp();
        });
    }

    private static boolean slept(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One after the other, and the last one from then on. */
    public static Behaviour inTurn(Behaviour... turns) {
        AtomicInteger next = new AtomicInteger();
        return new Behaviour(call -> turns[Math.min(next.getAndIncrement(), turns.length - 1)].play(call));
    }

    /**
     * This fault for a fraction of the calls, the usual for the others.
     *
     * @param seed the same seed gives the same sequence
     */
    public static Behaviour sometimes(double fraction, Behaviour fault, long seed) {
        Random random = new Random(seed);
        return new Behaviour(call -> (random.nextDouble() < fraction ? fault : USUAL).play(call));
    }

    /** Answers this. Nothing is taken. */
    public static Behaviour answering(Answer answer) {
        return new Behaviour(call -> call.answer(answer));
    }

    public void play(Call call) throws IOException {
        part.play(call);
    }

    @FunctionalInterface
    private interface Part {
        void play(Call call) throws IOException;
    }
}
