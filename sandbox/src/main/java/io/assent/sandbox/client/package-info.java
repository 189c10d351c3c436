/** Clients that a TPP's developer makes for trials, by the pack's one door for it, and that can be removed again. */
package io.assent.sandbox.client;
