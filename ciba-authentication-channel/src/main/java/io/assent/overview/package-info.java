/**
 * What the bank's staff look through: requests, deliveries, blocks, and figures of each client. Reads, each time a
 * bounded number of rows of an index; the one thing it changes is when a delivery is attempted next. Knows neither who
 * looks nor how it is shown.
 */
package io.assent.overview;
