/**
 * The other way round: what the bank may see at the client that asks. A block on the consent screen, where the customer
 * chooses, and the required action by which the browser then goes to the partner and comes back.
 */
package io.assent.screen.partner;
