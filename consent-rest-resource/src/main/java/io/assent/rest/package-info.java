/**
 * What every REST resource of the pack needs: problems (RFC 9457), JSON bodies, callers and their limits. Knows no use
 * case.
 */
package io.assent.rest;
