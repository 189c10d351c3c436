package io.assent.rest.admin.destination;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.assent.destination.SendResult;

/** What came of a test. */
@JsonInclude
record TestView(String result, String reason) {

    static TestView of(SendResult result) {
        if (result instanceof SendResult.Taken) {
            return new TestView("taken", null);
        } else if (result instanceof SendResult.Refused refused) {
            return new TestView("refused", refused.reason());
        } else if (result instanceof SendResult.Gone gone) {
            return new TestView("gone", gone.reason());
        }
        return new TestView("later", ((SendResult.Later) result).reason());
    }
}
