/**
 * What must be true of a client before it may ask for a permission and before a token may carry one, whatever an admin
 * forgot to set: checked where clients ask, and once more under every token. Decides nothing about a request.
 */
package io.assent.safeguard;
