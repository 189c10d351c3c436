/**
 * Which data about a customer a consent is for, as staff see it: by names. Knows neither requests nor who may see it.
 */
package io.assent.rest.admin.claim;
