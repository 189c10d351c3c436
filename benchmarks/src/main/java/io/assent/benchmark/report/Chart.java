package io.assent.benchmark.report;

import java.util.List;
import java.util.Locale;

/**
 * A bar chart in SVG: groups of bars, each with a line for its spread.
 *
 * @param unit what the axis counts
 * @param series what each bar of a group is
 */
public record Chart(String title, String unit, List<String> series, List<Group> groups) {

    private static final String[] COLOURS = {"#9aa5b1", "#52606d", "#e0a030", "#1b7f5c", "#7cc4a8", "#3d3a9e", "#b0489b"
    };
    private static final int WIDTH = 900;
    private static final int HEIGHT = 380;
    private static final int LEFT = 70;
    private static final int TOP = 70;
    private static final int BOTTOM = 330;

    /** Bars side by side. */
    public record Group(String title, List<Bar> bars) {}

    /** One bar, and no number where there is none; the spread is drawn over it. */
    public record Bar(double value, double least, double most) {}

    public String svg() {
        double top = niceTop(groups.stream()
                .flatMap(group -> group.bars().stream())
                .mapToDouble(Bar::most)
                .filter(most -> !Double.isNaN(most))
                .max()
                .orElse(1));
        StringBuilder svg = new StringBuilder();
        append(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#222\">",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT);
        append(svg, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, HEIGHT);
        append(svg, "<text x=\"%d\" y=\"22\" font-size=\"15\" font-weight=\"bold\">%s</text>", LEFT, escaped(title));
        legend(svg);
        axis(svg, top);
        bars(svg, top);
        return svg.append("</svg>\n").toString();
    }

    private void legend(StringBuilder svg) {
        int x = LEFT;
        for (int i = 0; i < series.size(); i++) {
            append(svg, "<rect x=\"%d\" y=\"36\" width=\"11\" height=\"11\" fill=\"%s\"/>", x, COLOURS[i]);
            append(svg, "<text x=\"%d\" y=\"46\">%s</text>", x + 16, escaped(series.get(i)));
            x += 40 + 7 * series.get(i).length();
        }
    }

    private void axis(StringBuilder svg, double top) {
        for (int step = 0; step <= 4; step++) {
            double value = top * step / 4;
            double y = y(value, top);
            append(svg, "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>", LEFT, y, WIDTH - 20);
            append(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y + 4, label(value));
        }
        append(
                svg,
                "<text x=\"16\" y=\"%d\" transform=\"rotate(-90 16 %d)\" text-anchor=\"middle\">%s</text>",
                (TOP + BOTTOM) / 2,
                (TOP + BOTTOM) / 2,
                escaped(unit));
    }

    private void bars(StringBuilder svg, double top) {
        double room = (double) (WIDTH - 20 - LEFT) / groups.size();
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            double left = LEFT + g * room + room * 0.1;
            double width = room * 0.8 / series.size();
            for (int b = 0; b < group.bars().size(); b++) {
                Bar bar = group.bars().get(b);
                if (Double.isNaN(bar.value())) {
                    continue;
                }
                double x = left + b * width;
                append(
                        svg,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                        x,
                        y(bar.value(), top),
                        width * 0.9,
                        BOTTOM - y(bar.value(), top),
                        COLOURS[b]);
                append(
                        svg,
                        "<path d=\"M%.1f %.1fV%.1f\" stroke=\"#000\"/>",
                        x + width * 0.45,
                        y(bar.most(), top),
                        y(bar.least(), top));
            }
            List<String> title = inLines(group.title());
            for (int line = 0; line < title.size(); line++) {
                append(
                        svg,
                        "<text x=\"%.1f\" y=\"%d\" font-size=\"11\" text-anchor=\"middle\">%s</text>",
                        LEFT + (g + 0.5) * room,
                        BOTTOM + 20 + 14 * line,
                        escaped(title.get(line)));
            }
        }
    }

    /** One line, or two that are about as long: titles side by side have no more room. */
    private static List<String> inLines(String title) {
        int middle = title.length() / 2;
        int before = title.lastIndexOf(' ', middle);
        int after = title.indexOf(' ', middle);
        int at = after < 0 || before >= 0 && middle - before <= after - middle ? before : after;
        return at < 0 ? List.of(title) : List.of(title.substring(0, at), title.substring(at + 1));
    }

    private static double y(double value, double top) {
        return BOTTOM - (BOTTOM - TOP) * value / top;
    }

    /** The next 1, 2, 4 or 8 with zeros. */
    private static double niceTop(double most) {
        double power = Math.pow(10, Math.floor(Math.log10(most)));
        for (int factor : new int[] {1, 2, 4, 8}) {
            if (most <= factor * power) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static String label(double value) {
        return value == Math.rint(value) ? "%.0f".formatted(value) : "%.2f".formatted(value);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    private static void append(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
