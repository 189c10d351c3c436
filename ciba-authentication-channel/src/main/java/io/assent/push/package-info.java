/**
 * Pushes to customers' devices: when one is sent, what it says, and the SPI of those who send it, one per platform.
 * Each vendor is a package beside {@code push.fcm}. Knows no vendor; what a push says is generic.
 */
package io.assent.push;
