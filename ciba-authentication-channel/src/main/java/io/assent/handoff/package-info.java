/**
 * Joins a login that waits in a browser to a question in the app, and {@link io.assent.handoff.Handoff}, the door: a
 * phone claims a link and is asked, and the answer lets the browser go on. Knows no page and no REST.
 */
package io.assent.handoff;
