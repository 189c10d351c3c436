/** Asks the doctor of a development server, and prints what it says. Knows the product by its sockets. */
package io.assent.sandbox.doctor;
