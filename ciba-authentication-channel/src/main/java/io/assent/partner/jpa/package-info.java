/** What a bank may see at partners, in Keycloak's database: rows and conditional updates. Holds no rule. */
package io.assent.partner.jpa;
