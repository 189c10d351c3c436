package io.assent.benchmark.load;

/** A server answered what it must not, so that nothing which was measured is worth anything. */
public final class UnexpectedReply extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnexpectedReply(String message) {
        super(message);
    }
}
