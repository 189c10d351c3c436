/**
 * Whether an answer is the customer's own, and given in a login that is good enough for it. Directive (EU) 2015/2366
 * (PSD2), article 97. Knows no request, no consent and no protocol.
 */
package io.assent.authority;
