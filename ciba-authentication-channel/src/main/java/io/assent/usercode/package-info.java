/**
 * The code that a customer sets so that nobody who only knows a name can ask (CIBA Core 1.0, section 7.1,
 * {@code user_code}).
 */
package io.assent.usercode;
