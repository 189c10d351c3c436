package io.assent.signature;

/** What a customer says yes to, as a signature names it ({@code dec}): what is signed for one is none for the other. */
public enum Act {
    /** That a request is granted. */
    APPROVE("approve"),
    /** That what stands goes on. */
    CONFIRM("confirm");

    private final String word;

    Act(String word) {
        this.word = word;
    }

    /** As a signature writes it. */
    public String word() {
        return word;
    }
}
