package io.assent.permission;

import java.util.List;

/**
 * Permissions that belong together: the headline of a consent.
 *
 * @param id the scopes' names up to the first dot
 * @param title the headline
 * @param summary one line below it, or {@code null} where nobody wrote it
 * @param permissions what is in it, in the order of the console
 */
public record PermissionGroup(String id, String title, String summary, List<Permission> permissions) {
    public PermissionGroup {
        permissions = List.copyOf(permissions);
    }
}
