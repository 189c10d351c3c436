/** Statements in SQL by JDBC, where that is faster than Hibernate. Knows no table. */
package io.assent.sql;
