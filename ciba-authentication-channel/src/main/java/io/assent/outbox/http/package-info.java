/** How a delivery reaches a client: by a POST to a URL that its own settings name. */
package io.assent.outbox.http;
