/** The cookie by which a browser is known again. Knows no login, no customer and no page. */
package io.assent.browser;
