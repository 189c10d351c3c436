/**
 * Whether a customer signed a yes, and what: Delegated Regulation (EU) 2018/389 (RTS), articles 4 and 5.
 * {@link io.assent.signature.Signatures} is the door. Knows no request and no page.
 */
package io.assent.signature;
