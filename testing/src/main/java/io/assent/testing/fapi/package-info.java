/** A third party as FAPI has it: it signs what it sends, and its tokens are bound to a key. */
package io.assent.testing.fapi;
