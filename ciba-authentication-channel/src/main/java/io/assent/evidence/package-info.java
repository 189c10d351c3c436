/**
 * What is kept of how an answer came about: who was before the screen, how well known, from where, and what it showed.
 * Directive (EU) 2015/2366 (PSD2), article 72: it is the bank that has to prove it. Knows no request.
 */
package io.assent.evidence;
