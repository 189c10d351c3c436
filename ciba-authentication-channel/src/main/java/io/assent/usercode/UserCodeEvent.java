package io.assent.usercode;

import io.assent.server.AssentEvent;
import io.assent.server.Customer;

/** What happens to a customer's user code, told within the transaction in which it happens. */
public sealed interface UserCodeEvent extends AssentEvent {

    /** Whose code it is, or was. */
    Customer customer();

    /** The user session that asked for it, or {@code null}. */
    String sessionId();

    /** The customer has a code, or another one than before. */
    record Set(Customer customer, String sessionId) implements UserCodeEvent {}

    /** The customer has none any more. */
    record Removed(Customer customer, String sessionId) implements UserCodeEvent {}
}
