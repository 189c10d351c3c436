/** Updates in SQL, faster than Hibernate's. Knows no table. */
package io.assent.sql;
