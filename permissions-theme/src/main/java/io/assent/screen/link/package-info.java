/**
 * The page by which a login goes on in the bank's app: what it shows, what its form says, and how what was answered in
 * the app goes on with the login. Holds no rule about a link or a request.
 */
package io.assent.screen.link;
