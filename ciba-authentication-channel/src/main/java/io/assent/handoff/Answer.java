package io.assent.handoff;

import io.assent.request.ConsentRequest;

/** How a link stands for its login. */
public sealed interface Answer {

    /** No phone has it. */
    record Open() implements Answer {}

    /** A phone has it, and its customer has not answered. */
    record Claimed() implements Answer {}

    /**
     * The customer approved.
     *
     * @param request the answered request: who it was put to, and how the customer was authenticated
     * @param goesOn whether the login can go on: or else the browser has yet to show that it is the customer's
     * @param codeDemanded whether the rule had digits typed
     */
    record Approved(ConsentRequest request, boolean goesOn, boolean codeDemanded) implements Answer {}

    /** The customer said no, took the yes back, or somebody guessed: the client is to be told {@code access_denied}. */
    record Denied() implements Answer {}

    /** Its time is over, it was used, or the customer was asked by another one since. */
    record Over() implements Answer {}
}
