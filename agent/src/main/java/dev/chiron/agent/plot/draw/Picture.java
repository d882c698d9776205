package dev.chiron.agent.plot.draw;

import java.util.List;

/** A chart that can be shown as SVG, as PNG and in a terminal. */
public interface Picture {

    /** What it shows, in a few words. */
    String title();

    /** In pixels of {@link Canvas}. */
    int width();

    /** In pixels. */
    int height();

    /** Draws it. */
    void draw(Canvas canvas);

    /**
     * An SVG document on white.
     *
     * @param source what made it, for its description
     */
    default String svg(String source) {
        return SvgCanvas.of(this, source, false);
    }

    /** SVG for a page whose style has {@link Ink#variables}. */
    default String svgInPage(String source) {
        return SvgCanvas.of(this, source, true);
    }

    /**
     * Lines of text, from above, one character for each {@value BrailleCanvas#CELL_WIDTH} by {@value BrailleCanvas#CELL_HEIGHT}
     * pixels.
     *
     * @param colours whether with ANSI's codes for colours; else dots of different inks are different letters
     */
    default List<String> text(boolean colours) {
        return BrailleCanvas.of(this, colours);
    }

    /**
     * A PNG file on white, twice as fine as {@link #width} and {@link #height} say.
     *
     * @throws NoPng where Java cannot draw
     */
    default byte[] png() {
        return PngCanvas.of(this);
    }

    /** This Java cannot draw, as without any fonts. */
    final class NoPng extends RuntimeException {
        NoPng(Throwable cause) {
            super(cause.toString(), cause);
        }
    }
}
