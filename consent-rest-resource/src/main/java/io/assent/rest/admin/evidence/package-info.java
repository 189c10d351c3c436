/** What is kept of customers' answers, for staff who look, and for who checks it without the server. Holds no rule. */
package io.assent.rest.admin.evidence;
