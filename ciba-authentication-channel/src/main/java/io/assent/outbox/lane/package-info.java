/**
 * The threads that make deliveries: of each kind its own, of no target too many, and how long to wait after a failure.
 */
package io.assent.outbox.lane;
