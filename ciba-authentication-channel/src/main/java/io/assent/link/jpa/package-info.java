/** Links in Keycloak's database: rows and conditional updates. Holds no rule. */
package io.assent.link.jpa;
