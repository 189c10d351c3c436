/**
 * Many customers at once, played against a running sandbox by {@code ./run.sh --load}. Read
 * {@link io.assent.sandbox.load.Load} first.
 */
package io.assent.sandbox.load;
