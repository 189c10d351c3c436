package io.assent.egress;

import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.client.HttpClientBuilder;

/**
 * How much a client reads of an answer that is not its body: of each line, and how many headers, those behind a body
 * included. By itself it keeps what comes for as long as it comes.
 */
final class BoundedHead {

    static final int MAX_LINE = 8_192;
    static final int MAX_HEADERS = 100;

    private static final ConnectionConfig BOUNDS = ConnectionConfig.custom()
            .setMessageConstraints(MessageConstraints.custom()
                    .setMaxLineLength(MAX_LINE)
                    .setMaxHeaderCount(MAX_HEADERS)
                    .build())
            .build();

    /** Has the clients that it builds fail, by an {@link java.io.IOException}, at what is longer. */
    static HttpClientBuilder of(HttpClientBuilder builder) {
        return builder.setDefaultConnectionConfig(BOUNDS);
    }

    private BoundedHead() {}
}
