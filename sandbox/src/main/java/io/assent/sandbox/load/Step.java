package io.assent.sandbox.load;

/** A call of a journey. */
enum Step {
    /** The backchannel request. */
    ASK("ask"),
    /** A poll, also one that brings nothing yet. */
    POLL("poll"),
    /** The bank's list of accounts. */
    ACCOUNTS("accounts"),
    /** The balances of the first account. */
    BALANCES("balances"),
    REFRESH("refresh");

    private final String word;

    Step(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
