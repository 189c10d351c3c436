package io.assent.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.assent.device.EnrolledKey;

/**
 * The key of a device as it is shown.
 *
 * @param kid its thumbprint (RFC 7638)
 * @param attestation how it is kept
 */
@JsonInclude
public record KeyView(String kid, ObjectNode attestation) {

    public static KeyView of(EnrolledKey enrolled) {
        return new KeyView(enrolled.key().id(), enrolled.attestation().json());
    }
}
