/** Reports in Keycloak's database: counted from the requests' rows, and from what each node saw of its calls. */
package io.assent.report.jpa;
