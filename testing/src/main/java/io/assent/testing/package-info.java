/**
 * What every kind of test needs: waiting for what happens in the background, and calls at the same moment. The module
 * knows the product by its sockets alone, and is deployed nowhere.
 */
package io.assent.testing;
