package io.assent.rest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.assent.phoneapp.AndroidApp;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkedAppsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As Google's Digital Asset Links and Apple's associated domains describe them. */
    @Test
    void androidIsToldEachAppWithAllItsCertificates() throws Exception {
        assertThat(JSON.valueToTree(LinkedApps.android(List.of(
                                new AndroidApp("com.example.bank", "AA"),
                                new AndroidApp("com.example.other", "BB"),
                                new AndroidApp("com.example.bank", "CC"))))
                        .toString())
                .satisfies(json -> assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree("""
                        [{"relation": ["delegate_permission/common.handle_all_urls"],
                          "target": {"namespace": "android_app", "package_name": "com.example.bank",
                            "sha256_cert_fingerprints": ["AA", "CC"]}},
                         {"relation": ["delegate_permission/common.handle_all_urls"],
                          "target": {"namespace": "android_app", "package_name": "com.example.other",
                            "sha256_cert_fingerprints": ["BB"]}}]
                        """)));
    }

    @Test
    void iosIsToldTheLinksAndNothingElseOfTheHost() throws Exception {
        assertThat(JSON.valueToTree(LinkedApps.ios(
                                List.of("ABCDE12345.com.example.bank"), "/realms/bank/consent/v1/links/"))
                        .toString())
                .satisfies(json -> assertThat(JSON.readTree(json)).isEqualTo(JSON.readTree("""
                        {"applinks": {"details": [{"appIDs": ["ABCDE12345.com.example.bank"],
                          "components": [{"/": "/realms/bank/consent/v1/links/*"}]}]}}
                        """)));
    }
}
