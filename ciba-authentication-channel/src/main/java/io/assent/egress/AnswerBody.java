package io.assent.egress;

import java.io.IOException;
import org.apache.http.HttpEntity;
import org.apache.http.HttpResponse;

/** Reads the beginning of an answer's body. */
public final class AnswerBody {

    /**
     * The stream stays open: to close it would read all that is left, which may never end. Whoever closes the response
     * closes the connection.
     *
     * @return no more bytes than {@code max}; none where there is no body
     */
    public static byte[] beginning(HttpResponse response, int max) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? new byte[0] : entity.getContent().readNBytes(max);
    }

    private AnswerBody() {}
}
