package io.assent.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.assent.rest.admin.StaffResource;
import io.assent.rest.app.ConsentResource;
import org.junit.jupiter.api.Test;

class DescribedMethodsTest {

    private final DescribedMethods methods = DescribedMethods.read(ConsentResource.class);

    @Test
    void aPathHasTheMethodsOfTheDescription() {
        assertThat(methods.of("/requests").orElseThrow()).containsExactly("GET", "HEAD");
        assertThat(methods.of("/requests/x").orElseThrow()).containsExactly("GET", "HEAD");
        assertThat(methods.of("/requests/x/decision").orElseThrow()).containsExactly("PUT");
        assertThat(methods.of("/devices/x").orElseThrow()).containsExactly("DELETE", "PUT");
        assertThat(methods.of("/openapi.json").orElseThrow()).containsExactly("GET", "HEAD");
    }

    @Test
    void aPathThatIsWrittenOutIsMeantBeforeOneWithAPlace() {
        DescribedMethods ofStaff = DescribedMethods.read(StaffResource.class);

        assertThat(ofStaff.of("/consents/clients").orElseThrow()).containsExactly("GET", "HEAD", "POST");
        assertThat(ofStaff.of("/consents/x").orElseThrow()).containsExactly("GET", "HEAD");
    }

    @Test
    void aSlashAtTheEndMakesNoDifference() {
        assertThat(methods.of("/devices/")).isEqualTo(methods.of("/devices"));
    }

    @Test
    void whatIsNoPathOfTheApiHasNone() {
        for (String path : new String[] {
            "",
            "/",
            "/nowhere",
            "/requestsx",
            "/openapi-json",
            "/requests/x/y",
            "/requests//decision",
            "/requests/x\0y/decision",
            "/devices/x/y"
        }) {
            assertThat(methods.of(path)).as(path).isEmpty();
        }
    }
}
