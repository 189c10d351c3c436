/**
 * Logs a customer in who is not known in this browser, by the bank's app: an authenticator for the browser's flow.
 * Holds no rule about a link or a request.
 */
package io.assent.login;
