package io.assent.rest.app;

import io.assent.device.SignedCall;
import io.assent.rest.Problem;
import io.assent.server.ServerTime;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AppAuthManager;

/** The proofs of a device's keys that a call brings in its header {@value #HEADER}, separated by commas. */
final class DeviceProofs {

    static final String HEADER = "Device-Proof";

    /** The longest header, in characters, with all its values. */
    private static final int MAX_LENGTH = 8192;

    /** The call with its proofs. */
    static SignedCall of(KeycloakSession session, byte[] body) {
        HttpRequest request = session.getContext().getHttpRequest();
        String header = request.getHttpHeaders().getHeaderString(HEADER);
        List<String> proofs = header == null
                ? List.of()
                : Stream.of(bounded(header).split(",", SignedCall.MAX_PROOFS + 1))
                        .map(String::trim)
                        .filter(proof -> !proof.isEmpty())
                        .toList();
        if (proofs.size() > SignedCall.MAX_PROOFS) {
            throw Problem.invalidDeviceProof("A call has at most " + SignedCall.MAX_PROOFS + " proofs.")
                    .toException();
        }
        return new SignedCall(
                request.getHttpMethod(),
                session.getContext().getUri().getAbsolutePath(),
                AppAuthManager.extractAuthorizationHeaderToken(request.getHttpHeaders()),
                body,
                ServerTime.now(),
                proofs);
    }

    private static String bounded(String header) {
        if (header.length() > MAX_LENGTH) {
            throw Problem.invalidDeviceProof("The header " + HEADER + " has at most " + MAX_LENGTH + " characters.")
                    .toException();
        }
        return header;
    }

    private DeviceProofs() {}
}
