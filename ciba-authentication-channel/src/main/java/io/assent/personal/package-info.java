/** The client by which customers get a token for themselves. Knows no consent and grants nothing. */
package io.assent.personal;
