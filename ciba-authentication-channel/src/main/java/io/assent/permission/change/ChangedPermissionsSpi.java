package io.assent.permission.change;

import io.assent.server.AssentSpi;

/** The SPI of {@link ChangedPermissions}. */
public final class ChangedPermissionsSpi extends AssentSpi {

    public ChangedPermissionsSpi() {
        super("consent-changed-permissions", ChangedPermissions.class, ChangedPermissionsFactory.class);
    }
}
