/**
 * How much a client may ask: the rules by which a question is put to a customer or refused, computed from what the
 * customer was asked of late. Knows no row, no journey's protocol and no answer.
 */
package io.assent.limit;
