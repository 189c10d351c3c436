/** How a realm's permissions change, for its admins: the rules, what they would do, and how far they are applied. */
package io.assent.rest.admin.change;
