/**
 * Checks evidence that staff exported, on a machine without a server: that it is unchanged, sealed by the realm's key,
 * and that the customer's signature is over what was shown and granted. The rules of a signed decision are the server's
 * own ({@code io.assent.signature}). Deployed nowhere.
 */
package io.assent.verifier;
