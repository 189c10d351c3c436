/** Where events go, and what was not taken there, for the admins of a realm: part of the staff's API. */
package io.assent.rest.admin.destination;
