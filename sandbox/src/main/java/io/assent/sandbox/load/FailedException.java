package io.assent.sandbox.load;

/** A journey that went no further; the message says where and why, without anything of the single customer. */
final class FailedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    FailedException(String problem) {
        super(problem, null, false, false);
    }
}
