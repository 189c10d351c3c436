/**
 * What is known of a browser that calls: the cookie by which it is known again, what it wants a page for, and where a
 * realm's links are for it. Knows no login, no customer and no page.
 */
package io.assent.browser;
