/**
 * The bank's own question when a change added something to a permission: the customers who granted the permission are
 * asked, and their yes comes on top of the consent, whose tokens go on. A question like any other, but of no client.
 */
package io.assent.amendment;
