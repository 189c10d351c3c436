/** Customers in a browser: the pages of the server and of the sandbox as they use them, and what is wrong with them. */
package io.assent.testing.browser;
