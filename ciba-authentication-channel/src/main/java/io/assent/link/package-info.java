/**
 * One login in a browser that waits for the customer's app, and {@link io.assent.link.Links}, the only door to it: its
 * one-time secrets, who claims it, and whether the browser that began may go on. Knows no consent request but by its
 * id, no page and no REST.
 */
package io.assent.link;
