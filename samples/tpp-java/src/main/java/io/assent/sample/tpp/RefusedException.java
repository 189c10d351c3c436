package io.assent.sample.tpp;

import com.nimbusds.oauth2.sdk.ErrorObject;

/** What the bank says in place of what we wanted: {@code access_denied} where the customer said no. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient ErrorObject error;

    RefusedException(ErrorObject error) {
        super(error.getCode() + " " + error.getDescription());
        this.error = error;
    }

    boolean says(String code) {
        return code.equals(error.getCode());
    }
}
