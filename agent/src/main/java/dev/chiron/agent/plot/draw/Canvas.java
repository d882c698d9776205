package dev.chiron.agent.plot.draw;

import java.util.function.Consumer;

/**
 * What charts are drawn on: pixels from the upper left corner. Three implementations, so that SVG, PNG and terminals show
 * the same.
 */
public interface Canvas {

    /** A line through points. */
    void path(double[] x, double[] y, Pen pen);

    /** A filled polygon. */
    void area(double[] x, double[] y, Ink ink, double opacity);

    /** A filled circle. */
    void dot(double x, double y, double radius, Ink ink, double opacity);

    /** A text whose base line goes through the place. */
    void text(double x, double y, String text, Lettering lettering);

    /** Draws with what lies outside of a rectangle cut off. */
    void within(double x, double y, double width, double height, Consumer<Canvas> drawing);

    /** A line between two places. */
    default void line(double x1, double y1, double x2, double y2, Pen pen) {
        path(new double[] {x1, x2}, new double[] {y1, y2}, pen);
    }

    /** A filled rectangle, from its upper left corner. */
    default void box(double x, double y, double width, double height, Ink ink) {
        area(new double[] {x, x + width, x + width, x}, new double[] {y, y, y + height, y + height}, ink, 1);
    }
}
