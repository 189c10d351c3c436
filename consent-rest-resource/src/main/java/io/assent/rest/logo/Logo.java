package io.assent.rest.logo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A picture that may be shown: PNG, JPEG, WebP or GIF as its own bytes say, whatever its sender calls it, and small in
 * bytes and in pixels, since few bytes can unfold to a picture that fills a phone's memory. No SVG, which is a program.
 */
record Logo(byte[] content, String mediaType) {

    static final int MAX_BYTES = 65_536;
    static final int MAX_PIXELS = 1_024;

    private static final String PNG = "\u0089PNG\r\n\u001a\n\0\0\0\rIHDR";

    static Optional<Logo> of(byte[] content) {
        if (content.length > MAX_BYTES || content.length < 32) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(content);
        if (starts(content, 0, PNG)) {
            return logo(content, "image/png", bytes.getInt(16), bytes.getInt(20));
        }
        if (starts(content, 0, "GIF87a") || starts(content, 0, "GIF89a")) {
            return logo(content, "image/gif", little(bytes, 6), little(bytes, 8));
        }
        if (starts(content, 0, "RIFF") && starts(content, 8, "WEBPVP8")) {
            return webp(content, bytes);
        }
        return starts(content, 0, "\u00ff\u00d8\u00ff") ? jpeg(content, bytes) : Optional.empty();
    }

    /** Three kinds of first chunk: lossy, lossless, extended. */
    private static Optional<Logo> webp(byte[] content, ByteBuffer bytes) {
        return switch (content[15]) {
            case ' ' -> logo(content, "image/webp", little(bytes, 26) & 0x3fff, little(bytes, 28) & 0x3fff);
            case 'L' -> {
                int packed = Integer.reverseBytes(bytes.getInt(21));
                yield logo(content, "image/webp", (packed & 0x3fff) + 1, (packed >>> 14 & 0x3fff) + 1);
            }
            case 'X' ->
                logo(
                        content,
                        "image/webp",
                        (Integer.reverseBytes(bytes.getInt(24)) & 0xffffff) + 1,
                        (Integer.reverseBytes(bytes.getInt(26)) >>> 8) + 1);
            default -> Optional.empty();
        };
    }

    /** The size is in the first segment of the kind <em>start of frame</em>; each segment tells its length. */
    private static Optional<Logo> jpeg(byte[] content, ByteBuffer bytes) {
        int segment = 2;
        while (segment + 9 <= content.length && content[segment] == (byte) 0xff) {
            int marker = content[segment + 1] & 0xff;
            boolean isFrame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (isFrame) {
                return logo(
                        content,
                        "image/jpeg",
                        bytes.getShort(segment + 7) & 0xffff,
                        bytes.getShort(segment + 5) & 0xffff);
            }
            segment += 2 + Math.max(2, bytes.getShort(segment + 2) & 0xffff);
        }
        return Optional.empty();
    }

    private static Optional<Logo> logo(byte[] content, String mediaType, int width, int height) {
        boolean fits = width > 0 && width <= MAX_PIXELS && height > 0 && height <= MAX_PIXELS;
        return fits ? Optional.of(new Logo(content, mediaType)) : Optional.empty();
    }

    private static int little(ByteBuffer bytes, int index) {
        return Short.reverseBytes(bytes.getShort(index)) & 0xffff;
    }

    private static boolean starts(byte[] content, int index, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return content.length >= index + expected.length
                && ByteBuffer.wrap(content, index, expected.length).equals(ByteBuffer.wrap(expected));
    }
}
