package dev.chiron.evals.report.draw;

/** What draws a line. */
record Pen(Ink ink, double width, Dash dash) {

    static Pen thin(Ink ink) {
        return new Pen(ink, 1, Dash.SOLID);
    }
}
