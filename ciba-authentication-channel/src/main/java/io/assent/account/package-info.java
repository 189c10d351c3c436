/**
 * The customer's accounts at the bank, as far as a customer chooses among them: where they come from, and what leaves.
 */
package io.assent.account;
