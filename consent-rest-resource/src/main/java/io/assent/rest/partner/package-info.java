/**
 * What the bank may see at partners: what the customer is offered, chooses and ends, for the bank's app and the account
 * console; and the partner's token, for the bank's own services.
 */
package io.assent.rest.partner;
