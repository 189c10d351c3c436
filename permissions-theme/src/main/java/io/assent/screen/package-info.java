/**
 * The consent screen: the redirect journey's page, where the customer answers in the browser. Asks and decides through
 * the same door as the app. Holds no rule about a request.
 */
package io.assent.screen;
