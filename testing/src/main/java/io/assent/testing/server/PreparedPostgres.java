package io.assent.testing.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;

/** A PostgreSQL with {@link PreparedTables}. */
final class PreparedPostgres {

    /** The one database in it. */
    static final String DATABASE = "prepared";

    /** Puts a copy into a folder that does not exist, or is empty. */
    static void copyTo(Path data) {
        PreparedTables.copyTo(data, "postgres", PreparedPostgres::make);
    }

    private static void make(Path data) throws IOException {
        try (EmbeddedPostgres cluster =
                Postgres.builder().setDataDirectory(data).start()) {
            Postgres.execute(cluster, "postgres", "CREATE DATABASE " + DATABASE);
            PreparedTables.makeIn(
                    new DatabaseAddress(
                            "postgres", cluster.getJdbcUrl(Postgres.USER, DATABASE), Postgres.USER, Postgres.USER),
                    "prepared");
        }
    }

    private PreparedPostgres() {}
}
