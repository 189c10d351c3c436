/**
 * The CIBA journey (CIBA Core 1.0): the authentication channel that asks, and the grant that redeems. Wraps the stock
 * endpoints and shows them what the database says. Holds no rule about a request, and knows neither devices nor
 * vendors.
 */
package io.assent.ciba;
