/** Ids of rows. */
package io.assent.id;
