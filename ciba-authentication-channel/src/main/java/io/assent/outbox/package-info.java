/**
 * What is to be delivered to somebody outside, at least once, in the transaction that decides so. Knows neither what is
 * delivered nor to whom: pushes and pings are two kinds of delivery, each with a handler of its own.
 */
package io.assent.outbox;
