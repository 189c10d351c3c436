/** Calls of the pack's own interfaces, for who watches them. */
package io.assent.call;
