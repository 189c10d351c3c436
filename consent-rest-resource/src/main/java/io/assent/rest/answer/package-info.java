/**
 * The problems that say why a customer's answer is not taken, for the app's API and whatever else answers for a
 * customer. Knows no resource and no path.
 */
package io.assent.rest.answer;
