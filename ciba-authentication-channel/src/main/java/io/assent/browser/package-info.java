/**
 * A browser that logs a customer in, known again by a cookie. Knows no login, no customer and no link.
 */
package io.assent.browser;
