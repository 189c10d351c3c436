package io.assent.rest.browser;

import io.assent.phoneapp.AndroidApp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What phones ask a web site's host, before an app may open its links. */
final class LinkedApps {

    private static final String ALL_URLS = "delegate_permission/common.handle_all_urls";

    /** Digital Asset Links for Android: which links an app opens of this host, the app itself says. */
    static List<Map<String, Object>> android(List<AndroidApp> apps) {
        return apps.stream()
                .collect(Collectors.groupingBy(
                        AndroidApp::packageName,
                        LinkedHashMap::new,
                        Collectors.mapping(AndroidApp::fingerprint, Collectors.toList())))
                .entrySet()
                .stream()
                .map(app -> Map.of(
                        "relation",
                        List.of(ALL_URLS),
                        "target",
                        Map.of(
                                "namespace",
                                "android_app",
                                "package_name",
                                app.getKey(),
                                "sha256_cert_fingerprints",
                                app.getValue())))
                .toList();
    }

    /**
     * Associated domains for iOS: these apps open these links, and nothing else of this host: no password of this site
     * is offered in them, and the way back from the app stays in the browser.
     *
     * @param path where the links are, up to their secret
     */
    static Map<String, Object> ios(List<String> apps, String path) {
        return Map.of(
                "applinks",
                Map.of("details", List.of(Map.of("appIDs", apps, "components", List.of(Map.of("/", path + "*"))))));
    }

    private LinkedApps() {}
}
