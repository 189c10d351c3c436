/** Tells listeners of calls that the pack's interfaces refuse. */
package io.assent.rest.watch;
