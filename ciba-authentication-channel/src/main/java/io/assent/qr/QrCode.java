package io.assent.qr;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A QR code (ISO/IEC 18004) as an SVG element to be put into a page: as sharp on paper as on a phone, and no picture
 * that a page's policy would have to let in.
 *
 * <p>Always dark on light with the quiet zone that readers need, whatever the page's colours: in reverse, many phones
 * read nothing. As large as the page's style makes it. Error correction M, which a reflection or a finger on the screen
 * does not defeat.
 */
public final class QrCode {

    /** The longest text, in characters: a denser code is hard to scan from a screen. */
    public static final int MAX_LENGTH = 300;

    /** In modules, as the standard asks. */
    private static final int QUIET_ZONE = 4;

    private static final Map<EncodeHintType, Object> HINTS =
            Map.of(EncodeHintType.ERROR_CORRECTION, ErrorCorrectionLevel.M, EncodeHintType.MARGIN, QUIET_ZONE);

    /** As {@link #svg}; empty where the URL is too long for one. */
    public static Optional<String> find(String url, String title) {
        return url.length() > MAX_LENGTH ? Optional.empty() : Optional.of(svg(url, title));
    }

    /**
     * @param url what a reader finds in it: ASCII, as URLs are, since readers guess at the encoding of anything else
     * @param title what somebody reads who does not see it
     * @throws IllegalArgumentException where the URL is empty or too long, or not ASCII
     */
    public static String svg(String url, String title) {
        if (url.isEmpty()
                || url.length() > MAX_LENGTH
                || !StandardCharsets.US_ASCII.newEncoder().canEncode(url)) {
            throw new IllegalArgumentException("a QR code has 1 to " + MAX_LENGTH + " characters of ASCII");
        }
        BitMatrix modules = modules(url);
        String side = Integer.toString(modules.getWidth());
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side
                + "\" role=\"img\" shape-rendering=\"crispEdges\"><title>" + escaped(title)
                + "</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><path fill=\"#000\" d=\"" + path(modules)
                + "\"/></svg>";
    }

    private static BitMatrix modules(String url) {
        try {
            // no size: the smallest there is, one pixel for each module
            return new QRCodeWriter().encode(url, BarcodeFormat.QR_CODE, 0, 0, HINTS);
        } catch (WriterException e) {
            throw new IllegalStateException("so short a URL fits", e);
        }
    }

    /** A rectangle for each run of dark modules in a row. */
    private static String path(BitMatrix modules) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < modules.getHeight(); y++) {
            int x = 0;
            while (x < modules.getWidth()) {
                int from = x;
                while (x < modules.getWidth() && modules.get(x, y)) {
                    x++;
                }
                if (x > from) {
                    path.append("M%d %dh%dv1h-%dz".formatted(from, y, x - from, x - from));
                }
                x++;
            }
        }
        return path.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private QrCode() {}
}
