/** Stock servers with the project's jars as processes of this machine, and databases for them. */
package io.assent.testing.server;
