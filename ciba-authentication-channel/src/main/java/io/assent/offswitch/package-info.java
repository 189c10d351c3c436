/** Whether a client that asks customers is switched off. Knows no request, no consent and no protocol. */
package io.assent.offswitch;
