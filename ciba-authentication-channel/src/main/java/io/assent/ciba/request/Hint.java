package io.assent.ciba.request;

import java.util.Objects;

/** How a client says which customer it means (CIBA Core 1.0, section 7.1). */
sealed interface Hint {

    /** What was sent. */
    String value();

    /** {@code login_hint}: a name by which the bank finds the customer. */
    record Login(String value) implements Hint {
        public Login {
            Objects.requireNonNull(value);
        }
    }

    /** {@code id_token_hint}: an ID token that this realm issued to the client. */
    record IdToken(String value) implements Hint {
        public IdToken {
            Objects.requireNonNull(value);
        }
    }

    /** {@code login_hint_token}: what somebody signed whom the bank trusts to name customers. */
    record LoginToken(String value) implements Hint {
        public LoginToken {
            Objects.requireNonNull(value);
        }
    }
}
