/**
 * One consent from beginning to end, played through the public interfaces of a running server. Read
 * {@link io.assent.sandbox.journey.Journey} first.
 */
package io.assent.sandbox.journey;
