package io.assent.rest.logo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogoTest {

    static Stream<Arguments> pictures() {
        return Stream.of(
                Arguments.of("image/png", png(48, 1024)),
                Arguments.of("image/gif", bytes("GIF89a", "3000 0004 00", 60)),
                Arguments.of("image/gif", bytes("GIF87a", "3000 3000 00", 60)),
                Arguments.of("image/jpeg", jpeg("0400", "0030")),
                Arguments.of("image/webp", bytes("RIFF????WEBPVP8 ", "00000000 000000 9d012a 0004 3000", 60)),
                // 14 bits of width - 1, then 14 bits of height - 1
                Arguments.of("image/webp", bytes("RIFF????WEBPVP8L", "00000000 2f 2fc0 0b00", 60)),
                Arguments.of("image/webp", bytes("RIFF????WEBPVP8X", "0a000000 00000000 2f0000 ff0300", 60)));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureIsWhatItsBytesSay(String mediaType, byte[] content) {
        assertThat(Logo.of(content)).hasValueSatisfying(logo -> {
            assertThat(logo.mediaType()).isEqualTo(mediaType);
            assertThat(logo.content()).isEqualTo(content);
        });
    }

    static Stream<byte[]> others() {
        return Stream.of(
                new byte[0],
                new byte[100],
                bytes("<svg xmlns='http://www.w3.org/2000/svg'/>", "", 100),
                bytes("<html><script>alert(1)</script></html>", "", 100),
                bytes("\u0089PNG\r\n\u001a\n", "", 20),
                bytes(" GIF89a", "3000 3000", 60),
                bytes("RIFF????WAVEfmt ", "", 60),
                bytes("RIFF????WEBPVP8?", "", 60),
                // more pixels than a phone should unfold, or none
                png(1025, 48),
                png(48, 60_000),
                png(0, 48),
                png(-1, 48),
                bytes("GIF89a", "0104 3000", 60),
                jpeg("0401", "0030"),
                jpeg("0030", "ffff"),
                bytes("RIFF????WEBPVP8X", "0a000000 00000000 000400 ff0300", 60),
                // segments that lead nowhere
                bytes("\u00ff\u00d8\u00ff\u00e0", "0000 ff e0 0000", 60),
                bytes("\u00ff\u00d8\u00ff\u00e0", "ffff", 60),
                // too many bytes
                Arrays.copyOf(png(48, 48), Logo.MAX_BYTES + 1));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anythingElseIsNone(byte[] content) {
        assertThat(Logo.of(content)).isEmpty();
    }

    @Test
    void cutOffAnywhereAPictureBreaksNothing() {
        pictures().map(arguments -> (byte[]) arguments.get()[1]).forEach(content -> {
            for (int length = 0; length < content.length; length++) {
                Logo.of(Arrays.copyOf(content, length));
            }
        });
    }

    private static byte[] png(int width, int height) {
        return bytes("\u0089PNG\r\n\u001a\n\0\0\0\rIHDR", "%08x%08x".formatted(width, height), 60);
    }

    /** With a segment before the one that says the size. */
    private static byte[] jpeg(String height, String width) {
        return bytes("\u00ff\u00d8", "ffe0 0004 0000 ffc0 0011 08 " + height + width, 60);
    }

    private static byte[] bytes(String magic, String hex, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(magic.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(HexFormat.of().parseHex(hex.replace(" ", "")));
        return Arrays.copyOf(bytes.toByteArray(), length);
    }
}
