package io.assent.ciba.request;

import java.util.Objects;
import org.keycloak.models.UserModel;

/** Whom a hint means. */
sealed interface HintedCustomer permits HintedCustomer.Known, HintedCustomer.Unknown, Refusal {

    /** One customer, and no other; whether that one can be asked is not looked at yet. */
    record Known(UserModel user) implements HintedCustomer {
        public Known {
            Objects.requireNonNull(user);
        }
    }

    /** Nobody, or several. */
    record Unknown() implements HintedCustomer {}
}
