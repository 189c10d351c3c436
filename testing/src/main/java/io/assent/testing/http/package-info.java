/** HTTP as the tests speak it. Knows no server and nobody who acts. */
package io.assent.testing.http;
