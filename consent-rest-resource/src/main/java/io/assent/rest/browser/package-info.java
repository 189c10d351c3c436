/**
 * What a browser calls outside the login, without a token: a page that waits for the app, where a link leads without
 * the app, the way back from the app, and what phones ask for to open links in the app. Knows no permission and grants
 * nothing.
 */
package io.assent.rest.browser;
