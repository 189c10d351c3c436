/**
 * What belongs to a permission since a change: the bank asks the customers who granted the permission, and their yes
 * comes on top of the consent, whose tokens go on. A question like any other, that no client put.
 */
package io.assent.amendment;
