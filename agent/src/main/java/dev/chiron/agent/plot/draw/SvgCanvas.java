package dev.chiron.agent.plot.draw;

import java.util.Locale;
import java.util.function.Consumer;

/** SVG 1.1 without scripts, identifiers or anything from outside. */
final class SvgCanvas implements Canvas {

    private final StringBuilder svg = new StringBuilder();
    private final boolean inPage;

    /** @param inPage whether colours are the variables of the page's style; else those on white */
    SvgCanvas(boolean inPage) {
        this.inPage = inPage;
    }

    /** The picture, as a document or for a page. */
    static String of(Picture picture, String source, boolean inPage) {
        SvgCanvas canvas = new SvgCanvas(inPage);
        if (!inPage) {
            canvas.box(0, 0, picture.width(), picture.height(), Ink.PAPER);
        }
        picture.draw(canvas);
        String size = "width=\"" + picture.width() + "\" height=\"" + picture.height() + "\" ";
        return "<svg " + (inPage ? "" : "xmlns=\"http://www.w3.org/2000/svg\" " + size) + "viewBox=\"0 0 "
                + picture.width() + " "
                + picture.height() + "\" role=\"img\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\""
                + (inPage ? " style=\"max-width:" + picture.width() + "px\"" : "") + ">\n<title>"
                + escape(picture.title()) + "</title>\n<desc>" + escape(source) + "</desc>\n" + canvas.svg + "</svg>\n";
    }

    @Override
    public void path(double[] x, double[] y, Pen pen) {
        svg.append("<polyline fill=\"none\"").append(colour("stroke", pen.ink()));
        svg.append(" stroke-width=\"").append(number(pen.width())).append("\" stroke-linejoin=\"round\"");
        float[] dash = pen.dash().lengths();
        for (int i = 0; i < dash.length; i++) {
            svg.append(i == 0 ? " stroke-dasharray=\"" : " ").append(number(dash[i]));
        }
        svg.append(dash.length == 0 ? "" : "\"");
        points(x, y);
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        svg.append("<polygon").append(colour("fill", ink)).append(opacity(opacity));
        points(x, y);
    }

    private void points(double[] x, double[] y) {
        svg.append(" points=\"");
        for (int i = 0; i < x.length; i++) {
            svg.append(i == 0 ? "" : " ").append(number(x[i])).append(',').append(number(y[i]));
        }
        svg.append("\"/>\n");
    }

    @Override
    public void dot(double x, double y, double radius, Ink ink, double opacity) {
        svg.append("<circle cx=\"").append(number(x)).append("\" cy=\"").append(number(y));
        svg.append("\" r=\"").append(number(radius)).append('"');
        svg.append(colour("fill", ink)).append(opacity(opacity)).append("/>\n");
    }

    @Override
    public void text(double x, double y, String text, Lettering lettering) {
        svg.append("<text x=\"")
                .append(number(x))
                .append("\" y=\"")
                .append(number(y))
                .append('"');
        svg.append(colour("fill", lettering.ink()));
        svg.append(" font-size=\"").append(number(lettering.size())).append('"');
        svg.append(lettering.bold() ? " font-weight=\"bold\"" : "");
        svg.append(" text-anchor=\"")
                .append(lettering.anchor().name().toLowerCase(Locale.ROOT))
                .append('"');
        if (lettering.upright()) {
            svg.append(" transform=\"rotate(-90 ")
                    .append(number(x))
                    .append(' ')
                    .append(number(y))
                    .append(")\"");
        }
        svg.append('>').append(escape(text)).append("</text>\n");
    }

    @Override
    public void within(double x, double y, double width, double height, Consumer<Canvas> drawing) {
        String box = number(x) + " " + number(y) + " " + number(width) + " " + number(height);
        svg.append("<svg x=\"").append(number(x)).append("\" y=\"").append(number(y));
        svg.append("\" width=\"").append(number(width)).append("\" height=\"").append(number(height));
        svg.append("\" viewBox=\"").append(box).append("\">\n");
        drawing.accept(this);
        svg.append("</svg>\n");
    }

    private String colour(String what, Ink ink) {
        return inPage ? " style=\"" + what + ":var(--" + ink.name() + ")\"" : " " + what + "=\"" + ink.light() + "\"";
    }

    private static String opacity(double opacity) {
        return opacity == 1 ? "" : " fill-opacity=\"" + number(opacity) + "\"";
    }

    private static String number(double value) {
        long hundredths = Math.round(value * 100);
        if (hundredths % 100 == 0) {
            return Long.toString(hundredths / 100);
        }
        String sign = hundredths < 0 ? "-" : "";
        long size = Math.abs(hundredths);
        String decimals = size % 10 == 0 ? "." + size % 100 / 10 : "." + (size % 100 < 10 ? "0" : "") + size % 100;
        return sign + size / 100 + decimals;
    }

    /** The text with what means something in XML escaped, and without what may not be in it. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(point) ? point : ' ');
            }
        });
        return escaped.toString();
    }

    private static boolean isAllowed(int point) {
        boolean isHalf = point >= 0xd800 && point < 0xe000;
        boolean isNone = point == 0xfffe || point == 0xffff;
        return point >= 0x20 && !isHalf && !isNone;
    }
}
