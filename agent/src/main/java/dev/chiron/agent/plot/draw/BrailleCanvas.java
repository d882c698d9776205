package dev.chiron.agent.plot.draw;

import dev.chiron.agent.plot.draw.Lettering.Anchor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Lines of text, two by four dots a character by the braille signs of Unicode. What is drawn in {@link Ink#GRID} is left out:
 * dots are too coarse for it.
 */
final class BrailleCanvas implements Canvas {

    /** A character's place in pixels of the chart. */
    static final int CELL_WIDTH = 8;

    /** A character's place in pixels of the chart. */
    static final int CELL_HEIGHT = 16;

    private static final double DOT = 4; // pixels
    private static final int EMPTY = 0x2800;
    private static final int[][] BITS = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};
    private static final String MARKS = "ox+*#%@&";
    private static final double FAINT = 0.5; // what is more transparent is drawn with half of the dots
    private static final String RESET = "\u001b[0m";

    private final boolean colours;
    private final int columns;
    private final int rows;
    private final int[][] dots;
    private final String[][] texts;
    private final Ink[][] inks;
    private double[] clip = {
        Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY
    };

    private BrailleCanvas(int width, int height, boolean colours) {
        this.colours = colours;
        this.columns = Math.max(1, width / CELL_WIDTH);
        this.rows = Math.max(1, height / CELL_HEIGHT);
        this.dots = new int[rows][columns];
        this.texts = new String[rows][columns];
        this.inks = new Ink[rows][columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(texts[row], "");
            Arrays.fill(inks[row], Ink.TEXT);
        }
    }

    /** The picture as lines, from above; with colours by ANSI's codes or, without, with letters for dots. */
    static List<String> of(Picture picture, boolean colours) {
        BrailleCanvas canvas = new BrailleCanvas(picture.width(), picture.height(), colours);
        picture.draw(canvas);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < canvas.rows; row++) {
            lines.add(canvas.line(row));
        }
        return lines;
    }

    private String line(int row) {
        int end = columns;
        while (end > 0 && isBlank(row, end - 1)) {
            end--;
        }
        StringBuilder line = new StringBuilder();
        String now = "";
        for (int column = 0; column < end; column++) {
            String code = isBlank(row, column) ? now : code(inks[row][column]);
            if (!code.equals(now)) {
                line.append(now.isEmpty() ? "" : RESET).append(code);
                now = code;
            }
            String text = texts[row][column];
            if (!text.isEmpty()) {
                line.append(text);
            } else {
                line.append(dots[row][column] == 0 ? ' ' : (char) (EMPTY + dots[row][column]));
            }
        }
        return line.append(now.isEmpty() ? "" : RESET).toString();
    }

    private boolean isBlank(int row, int column) {
        return texts[row][column].isBlank() && (!texts[row][column].isEmpty() || dots[row][column] == 0);
    }

    /** The colour's place in the cube of 256 colours that nearly every terminal has. */
    private String code(Ink ink) {
        if (!colours || ink.equals(Ink.TEXT)) {
            return "";
        }
        int rgb = Integer.parseInt(ink.dark().substring(1), 16);
        int place = 16 + 36 * sixth(rgb >> 16) + 6 * sixth(rgb >> 8 & 0xff) + sixth(rgb & 0xff);
        return "\u001b[38;5;" + place + "m";
    }

    private static int sixth(int part) {
        return part < 48 ? 0 : part < 115 ? 1 : (part - 35) / 40; // the cube's steps are 0, 95, 135, …, 255
    }

    private void set(double x, double y, Ink ink) {
        if (x < clip[0] || y < clip[1] || x > clip[2] || y > clip[3] || !(x >= 0) || !(y >= 0)) {
            return;
        }
        int column = (int) (x / CELL_WIDTH);
        int row = (int) (y / CELL_HEIGHT);
        if (column < columns && row < rows) {
            dots[row][column] |= BITS[(int) (y / DOT) % 4][(int) (x / DOT) % 2];
            inks[row][column] = texts[row][column].isEmpty() ? ink : inks[row][column];
        }
    }

    @Override
    public void path(double[] x, double[] y, Pen pen) {
        if (pen.ink().equals(Ink.GRID)) {
            return;
        }
        float[] dash = pen.dash().lengths();
        double drawn = 0;
        for (int i = 1; i < x.length; i++) {
            double length = Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
            int steps = (int) Math.min(10_000, Math.ceil(Math.max(length, 1e-9) / (DOT / 2)));
            for (int step = 0; step <= steps; step++) {
                double share = (double) step / steps;
                if (isStroke(dash, drawn + share * length)) {
                    set(x[i - 1] + share * (x[i] - x[i - 1]), y[i - 1] + share * (y[i] - y[i - 1]), pen.ink());
                }
            }
            drawn += length;
        }
    }

    private static boolean isStroke(float[] dash, double at) {
        double all = 0;
        for (float part : dash) {
            all += part;
        }
        double left = all == 0 ? 0 : at / 2 % all; // dots are coarse: lengths are doubled
        for (int k = 0; k < dash.length; k++) {
            if (left < dash[k]) {
                return k % 2 == 0;
            }
            left -= dash[k];
        }
        return true;
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        double top = Math.max(0, Arrays.stream(y).min().orElse(0));
        double bottom =
                Math.min(rows * (double) CELL_HEIGHT, Arrays.stream(y).max().orElse(0));
        for (double at = (Math.floor(top / DOT) + 0.5) * DOT; at < bottom; at += DOT) {
            for (double from = DOT / 2; from < columns * CELL_WIDTH; from += DOT) {
                boolean isLeftOut = opacity < FAINT && (int) (from / DOT + at / DOT) % 2 == 0;
                if (!isLeftOut && isInside(x, y, from, at)) {
                    set(from, at, ink);
                }
            }
        }
    }

    /** By the number of edges to the right. */
    private static boolean isInside(double[] x, double[] y, double px, double py) {
        boolean inside = false;
        for (int i = 0, j = x.length - 1; i < x.length; j = i++) {
            if (y[i] > py != y[j] > py && px < (x[j] - x[i]) * (py - y[i]) / (y[j] - y[i]) + x[i]) {
                inside = !inside;
            }
        }
        return inside;
    }

    @Override
    public void dot(double x, double y, double radius, Ink ink, double opacity) {
        int series = Ink.number(ink);
        if (!colours && series >= 0) {
            letter(x, y, MARKS.substring(series, series + 1), ink);
            return;
        }
        for (double side : new double[] {-radius / 2, radius / 2}) {
            set(x + side, y - radius / 2, ink);
            set(x + side, y + radius / 2, ink);
        }
    }

    private void letter(double x, double y, String letter, Ink ink) {
        boolean isVisible = x >= clip[0] && y >= clip[1] && x <= clip[2] && y <= clip[3] && x >= 0 && y >= 0;
        int column = (int) (x / CELL_WIDTH);
        int row = (int) (y / CELL_HEIGHT);
        if (isVisible && column < columns && row < rows) {
            texts[row][column] = letter;
            inks[row][column] = ink;
        }
    }

    @Override
    public void text(double x, double y, String text, Lettering lettering) {
        int[] points = text.codePoints()
                .map(point ->
                        Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE ? ' ' : point)
                .toArray();
        double before = lettering.anchor() == Anchor.START ? 0 : lettering.anchor() == Anchor.MIDDLE ? 0.5 : 1;
        double middle = y - CELL_HEIGHT / 4.0; // the base line's letters are above it
        for (int k = 0; k < points.length; k++) {
            String letter = Character.toString(points[k]);
            double shift = k - Math.round(before * points.length);
            if (lettering.upright()) {
                letter(x, middle + shift * CELL_HEIGHT, letter, lettering.ink());
            } else {
                letter(Math.round(x / CELL_WIDTH) * CELL_WIDTH + shift * CELL_WIDTH, middle, letter, lettering.ink());
            }
        }
    }

    @Override
    public void within(double x, double y, double width, double height, Consumer<Canvas> drawing) {
        double[] before = clip;
        clip = new double[] {
            Math.max(before[0], x),
            Math.max(before[1], y),
            Math.min(before[2], x + width),
            Math.min(before[3], y + height)
        };
        drawing.accept(this);
        clip = before;
    }
}
