/**
 * That a customer wants to hear nothing more of a client, and {@link io.assent.block.Blocks}, the only door to it.
 * Knows no request and no consent.
 */
package io.assent.block;
