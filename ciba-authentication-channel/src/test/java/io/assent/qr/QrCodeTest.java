package io.assent.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.Result;
import com.google.zxing.ResultMetadataType;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class QrCodeTest {

    private static final String LINK = "https://login.bank.example/realms/bank/consent/v1/links/abcdefghijklmnopqrstuv";
    private static final int PIXELS_OF_A_MODULE = 4;
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    @Test
    void aReaderFindsTheUrl() throws Exception {
        Result read = read(QrCode.svg(LINK, "QR code"));

        assertThat(read.getText()).isEqualTo(LINK);
        assertThat(read.getResultMetadata()).containsEntry(ResultMetadataType.ERROR_CORRECTION_LEVEL, "M");
    }

    @Test
    void theCodeStandsInAQuietZoneOfFourModulesDarkOnLight() throws Exception {
        Element svg = parse(QrCode.svg(LINK, "QR code"));
        int side = side(svg);
        Matcher runs = RUN.matcher(path(svg).getAttribute("d"));

        int count = 0;
        while (runs.find()) {
            int x = Integer.parseInt(runs.group(1));
            assertThat(x).isGreaterThanOrEqualTo(4);
            assertThat(x + Integer.parseInt(runs.group(3))).isLessThanOrEqualTo(side - 4);
            assertThat(Integer.parseInt(runs.group(2))).isBetween(4, side - 5);
            count++;
        }
        assertThat(count).isGreaterThan(side);
        assertThat(path(svg).getAttribute("fill")).isEqualTo("#000");
        assertThat(((Element) svg.getElementsByTagName("rect").item(0)).getAttribute("fill"))
                .isEqualTo("#fff");
    }

    @Test
    void itIsAnImageWithTheTitleThatTheCallerGives() throws Exception {
        Element svg = parse(QrCode.svg(LINK, "Scan \"me\" <script>&"));

        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Scan \"me\" <script>&");
        assertThat(svg.getElementsByTagName("script").getLength()).isZero();
    }

    @Test
    void itIsOnePathOfAFewKilobytes() throws Exception {
        String svg = QrCode.svg(LINK, "QR code");

        assertThat(parse(svg).getElementsByTagName("path").getLength()).isOne();
        assertThat(svg.length()).isLessThan(15_000);
    }

    @Test
    void aUrlThatIsEmptyTooLongOrNotAsciiIsRefused() {
        for (String wrong : new String[] {"", "a".repeat(301), "https://bänk.example"}) {
            assertThatThrownBy(() -> QrCode.svg(wrong, "QR code")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(QrCode.svg("a".repeat(300), "QR code")).contains("<path");
    }

    private static Result read(String drawn) throws Exception {
        Element svg = parse(drawn);
        int side = side(svg) * PIXELS_OF_A_MODULE;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xffffff);
        Matcher runs = RUN.matcher(path(svg).getAttribute("d"));
        while (runs.find()) {
            int from = Integer.parseInt(runs.group(1)) * PIXELS_OF_A_MODULE;
            int to = from + Integer.parseInt(runs.group(3)) * PIXELS_OF_A_MODULE;
            int top = Integer.parseInt(runs.group(2)) * PIXELS_OF_A_MODULE;
            for (int y = top; y < top + PIXELS_OF_A_MODULE; y++) {
                Arrays.fill(pixels, y * side + from, y * side + to, 0);
            }
        }
        return new QRCodeReader()
                .decode(
                        new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels))),
                        Map.of(DecodeHintType.TRY_HARDER, true));
    }

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static Element path(Element svg) {
        return (Element) svg.getElementsByTagName("path").item(0);
    }

    private static int side(Element svg) {
        return Integer.parseInt(svg.getAttribute("viewBox").split(" ")[2]);
    }
}
