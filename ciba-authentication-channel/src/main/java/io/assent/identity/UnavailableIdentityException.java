package io.assent.identity;

import io.assent.api.PublicApi;

/** Thrown by a {@link VerifiedIdentitySource} that can't say what was verified about a customer. */
@PublicApi
public final class UnavailableIdentityException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param message why and what to do, for the operator's log; nothing about the customer */
    public UnavailableIdentityException(String message) {
        super(message);
    }
}
