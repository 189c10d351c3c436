/**
 * A login in a browser as the app has it: claimed by its link, and shown with the request. Knows how a request is shown
 * only by who shows it.
 */
package io.assent.rest.link;
