/**
 * A customer's yes again to a consent that stands: what it has to be signed with, over what, and in answer to which
 * challenge. {@link io.assent.confirmation.Confirmations} is the door. What a confirmation does to a consent is the
 * consent's own matter.
 */
package io.assent.confirmation;
