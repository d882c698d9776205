package dev.chiron.agent.plot.draw;

import java.util.List;

/**
 * A colour, on white and on black paper.
 *
 * @param name of its variable in a page's style
 * @param light {@code #rrggbb} on white
 * @param dark {@code #rrggbb} on black
 */
public record Ink(String name, String light, String dark) {

    /** Of texts. */
    public static final Ink TEXT = new Ink("text", "#1f2328", "#e6edf3");
    /** Of axes and what is said aside. */
    public static final Ink MUTED = new Ink("muted", "#59636e", "#9da7b3");
    /** Of what is hardly seen. */
    public static final Ink GRID = new Ink("grid", "#d9dee3", "#30363d");
    /** Of the ground. */
    public static final Ink PAPER = new Ink("paper", "#ffffff", "#0d1117");

    /** Told apart with any kind of colour vision: Okabe and Ito 2008, darkened for lines on white, lightened for black. */
    private static final List<Ink> SERIES = List.of(
            new Ink("s0", "#0072b2", "#56a8e0"),
            new Ink("s1", "#d55e00", "#ff8a4c"),
            new Ink("s2", "#009e73", "#2fcfa0"),
            new Ink("s3", "#c2578f", "#f09ac8"),
            new Ink("s4", "#db9500", "#ffc14d"),
            new Ink("s5", "#3a9bd9", "#8ccbf5"),
            new Ink("s6", "#7a5c00", "#c9a94a"),
            new Ink("s7", "#555555", "#b0b0b0"));

    /** The colour of the n-th of several things, from 0; after {@code 8} they repeat, with another {@link Dash}. */
    public static Ink series(int n) {
        return SERIES.get(n % SERIES.size());
    }

    /** How many different ones {@link #series} has. */
    static int count() {
        return SERIES.size();
    }

    /** The {@code n} whose {@link #series} it is; -1 for none. */
    static int number(Ink ink) {
        return SERIES.indexOf(ink);
    }

    /** The style's lines that say what the variables are, for {@link SvgCanvas} in a page. */
    public static String variables(boolean onBlack) {
        StringBuilder style = new StringBuilder();
        List.of(TEXT, MUTED, GRID, PAPER).forEach(ink -> style.append(ink.variable(onBlack)));
        SERIES.forEach(ink -> style.append(ink.variable(onBlack)));
        return style.toString();
    }

    private String variable(boolean onBlack) {
        return "--" + name + ":" + (onBlack ? dark : light) + ";";
    }
}
