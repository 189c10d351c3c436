/**
 * What every kind of test needs: waiting for what happens in the background, calls at the same moment, and ports. The
 * module knows the product by its sockets alone, and is deployed nowhere.
 */
package io.assent.testing;
