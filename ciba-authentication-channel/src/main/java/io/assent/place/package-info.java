/** Where an address is, as a bank's plug-in says: a hint for a customer, and no proof. Knows no request. */
package io.assent.place;
