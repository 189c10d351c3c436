/** Customers that a TPP's tests make for themselves, the same ones for the same seed. */
package io.assent.sandbox.customer;
