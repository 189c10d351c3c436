/**
 * What every call of the bank's staff needs: who may do what, what a query may say, how clients are called, and the
 * admin event that tells who did it. Knows nothing of what is called.
 */
package io.assent.rest.admin.call;
