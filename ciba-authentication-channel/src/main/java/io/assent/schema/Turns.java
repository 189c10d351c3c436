package io.assent.schema;

import io.assent.schema.Housekeeping.Chore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/** Does a batch of each chore, again and again: a backlog of one kind does not hold up the others. */
final class Turns {

    private final ToIntFunction<Chore> batch;
    private final BooleanSupplier isTimeLeft;
    private RuntimeException failure;

    /** @param batch does the next batch of one, and says how many these were */
    Turns(ToIntFunction<Chore> batch, BooleanSupplier isTimeLeft) {
        this.batch = batch;
        this.isTimeLeft = isTimeLeft;
    }

    /**
     * Until nothing is left, or no time. One that fails is left out from there on.
     *
     * @throws RuntimeException the first failure, with the others in it, when the other chores had their turns
     */
    void take(List<Chore> chores) {
        List<Chore> left = new ArrayList<>(chores);
        while (!left.isEmpty() && isTimeLeft.getAsBoolean()) {
            left.removeIf(this::isDone);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private boolean isDone(Chore chore) {
        try {
            return batch.applyAsInt(chore) < chore.batch();
        } catch (RuntimeException failed) {
            if (failure == null) {
                failure = failed;
            } else if (failure != failed) {
                failure.addSuppressed(failed);
            }
            return true;
        }
    }
}
