package io.assent.rest.admin.call;

import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Tells Keycloak's admin events who of the staff did what, with ids alone. */
public record StaffEvents(AdminEventBuilder adminEvent) {

    /** Below the realm: where the staff's API begins. */
    public static final String ROOT = "consents";

    /**
     * @param details what it was done to
     * @param path below {@value #ROOT}
     */
    public void tell(Map<String, String> details, String path) {
        adminEvent.operation(OperationType.ACTION).resource(ResourceType.CUSTOM).resourcePath(ROOT, path);
        details.forEach(adminEvent::detail);
        adminEvent.success();
    }
}
