package dev.chiron.agent.plot.draw;

/** What draws a line. */
public record Pen(Ink ink, double width, Dash dash) {

    /** One pixel wide. */
    public static Pen thin(Ink ink) {
        return new Pen(ink, 1, Dash.SOLID);
    }
}
