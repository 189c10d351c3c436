/**
 * Where a realm's events go: the SPI of destinations, and {@link io.assent.destination.Destinations}, the door to those
 * that an admin set. Knows neither what the events are about nor when they are sent.
 */
package io.assent.destination;
