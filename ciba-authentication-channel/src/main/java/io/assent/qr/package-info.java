/** Draws QR codes. Knows nothing of what is in them. */
package io.assent.qr;
