package io.assent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientUriTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://acme.example/privacy",
                "HTTPS://acme.example/?a=b#c",
                "http://localhost:8080/terms",
                "http://127.0.0.1/terms",
                "http://[::1]:9000/terms"
            })
    void aSafePageIsShownAndMayBeAnImage(String uri) {
        assertThat(ClientUri.page(uri)).contains(uri);
        assertThat(ClientUri.image(" " + uri)).contains(uri);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "javascript:alert(1)",
                "JaVaScRiPt:alert(1)",
                "java\tscript:alert(1)",
                "javascript://acme.example/%0aalert(1)",
                "vbscript:x",
                "http://acme.example/privacy",
                "http://localhost.acme.example/privacy",
                "http://127.0.0.1.acme.example/privacy",
                "https://bank.example@acme.example/privacy",
                "https:///privacy",
                "//acme.example/privacy",
                "/privacy",
                "file:///etc/passwd",
                "ftp://acme.example/privacy",
                "blob:https://acme.example/1",
                "data:text/html,<script>alert(1)</script>",
                // a program
                "data:image/svg+xml,%3Csvg/%3E",
                "data:image/svg+xml;base64,PHN2Zy8+",
                "https://acme.example/a b\">"
            })
    void anyOtherIsNot(String uri) {
        assertThat(ClientUri.page(uri)).isEmpty();
        assertThat(ClientUri.image(uri)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:image/png;base64,iVBORw0KGgo=", "DATA:image/webp;base64,UklGRg=="})
    void anImageInItselfIsAnImageAndNoPage(String uri) {
        assertThat(ClientUri.image(uri)).contains(uri);
        assertThat(ClientUri.page(uri)).isEmpty();
    }
}
