/**
 * The sandbox's partner: a savings company, which is a realm of its own, with an API for the bank; and what the bank's
 * own service reads there for the phone page.
 */
package io.assent.sandbox.partner;
