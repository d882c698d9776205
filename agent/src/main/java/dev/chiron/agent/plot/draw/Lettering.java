package dev.chiron.agent.plot.draw;

/**
 * How a text is set.
 *
 * @param size in pixels
 * @param anchor which part of the text is at its place
 * @param upright whether it runs from below to above
 */
public record Lettering(Ink ink, double size, Anchor anchor, boolean bold, boolean upright) {

    /** Which part of a text is at its place. */
    public enum Anchor {
        START,
        MIDDLE,
        END
    }

    /** The usual size. */
    public static final double USUAL = 12;

    /** Pixels that the name of a row may have: a method with its settings fits. */
    static final double NAME = 420;

    /** In the usual size. */
    public static Lettering plain(Ink ink, Anchor anchor) {
        return new Lettering(ink, USUAL, anchor, false, false);
    }

    /** That of a title. */
    public static Lettering title() {
        return new Lettering(Ink.TEXT, 15, Anchor.START, true, false);
    }

    /** About how wide a text gets in {@link #USUAL} size; rather too wide than too narrow, for any sans-serif type. */
    public static double width(String text) {
        double ems = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if ("iljtfrI.,:;'|!()[] ".indexOf(letter) >= 0) {
                ems += 0.4;
            } else if ("mwMW@%".indexOf(letter) >= 0) {
                ems += 0.95;
            } else {
                ems += Character.isUpperCase(letter) ? 0.7 : 0.63;
            }
        }
        return ems * USUAL;
    }

    /** The text, cut to about this many pixels. */
    public static String cut(String text, double pixels) {
        String cut = text;
        while (cut.length() > 1 && width(cut) > pixels) {
            cut = cut.substring(0, cut.length() - (cut.endsWith("…") ? 2 : 1)) + "…";
        }
        return cut;
    }
}
