/**
 * The server's own objects as stock code is shown them: the same, but for what the caller answers itself. Knows nothing
 * of what that is.
 */
package io.assent.standin;
