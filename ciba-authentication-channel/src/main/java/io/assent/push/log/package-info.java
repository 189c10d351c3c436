/**
 * The platform {@code log}: writes to the server's log that a push would be sent, for trying things out without a
 * vendor.
 */
package io.assent.push.log;
