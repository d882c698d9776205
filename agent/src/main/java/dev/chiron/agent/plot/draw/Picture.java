package dev.chiron.agent.plot.draw;

/** A chart that can be shown as SVG and as PNG. */
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
