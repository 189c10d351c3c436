package io.assent.screen;

import io.assent.detail.Details;
import io.assent.permission.RequestedPermissions;
import io.assent.request.ConsentRequest;

/**
 * What a customer is still to be asked for in a login.
 *
 * @param permissions those that are not settled
 * @param details those that were not answered in this login
 */
record OpenQuestion(RequestedPermissions permissions, Details details) {

    boolean isNothing() {
        return permissions.asked().isEmpty() && details.isEmpty();
    }

    /** Whether a request asks just this. */
    boolean isThatOf(ConsentRequest request) {
        return request.permissions().equals(permissions) && request.details().equals(details);
    }
}
