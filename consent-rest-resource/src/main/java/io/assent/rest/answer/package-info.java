/**
 * What a caller is told whose customer's answer is not taken: by the app's API, and by what else answers for a
 * customer. Knows no resource and no path.
 */
package io.assent.rest.answer;
