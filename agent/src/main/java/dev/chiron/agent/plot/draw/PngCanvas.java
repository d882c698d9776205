package dev.chiron.agent.plot.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** Java2D, on white, two pixels of the image for one of the chart. */
final class PngCanvas implements Canvas {

    private static final int FINENESS = 2;

    private final Graphics2D graphics;

    private PngCanvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    /**
     * The picture as a PNG file.
     *
     * @throws Picture.NoPng where Java2D has no fonts, or is missing
     */
    static byte[] of(Picture picture) {
        BufferedImage image =
                new BufferedImage(picture.width() * FINENESS, picture.height() * FINENESS, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.scale(FINENESS, FINENESS);
            PngCanvas canvas = new PngCanvas(graphics);
            canvas.box(0, 0, picture.width(), picture.height(), Ink.PAPER);
            picture.draw(canvas);
        } catch (LinkageError
                | InternalError
                | NullPointerException e) { // all seen where fontconfig or its fonts are missing
            throw new Picture.NoPng(e);
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // into memory: cannot happen
        }
        return bytes.toByteArray();
    }

    @Override
    public void path(double[] x, double[] y, Pen pen) {
        float[] dash = pen.dash().lengths();
        graphics.setColor(Color.decode(pen.ink().light()));
        graphics.setStroke(new BasicStroke(
                (float) pen.width(),
                BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_ROUND,
                10,
                dash.length == 0 ? null : dash,
                0));
        graphics.draw(shape(x, y));
    }

    @Override
    public void area(double[] x, double[] y, Ink ink, double opacity) {
        fill(shape(x, y), ink, opacity);
    }

    @Override
    public void dot(double x, double y, double radius, Ink ink, double opacity) {
        fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), ink, opacity);
    }

    private void fill(Shape shape, Ink ink, double opacity) {
        Color full = Color.decode(ink.light());
        graphics.setColor(new Color(full.getRed(), full.getGreen(), full.getBlue(), (int) Math.round(opacity * 255)));
        graphics.fill(shape);
    }

    private static Shape shape(double[] x, double[] y) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < x.length; i++) {
            if (i == 0) {
                path.moveTo(x[i], y[i]);
            } else {
                path.lineTo(x[i], y[i]);
            }
        }
        return path;
    }

    @Override
    public void text(double x, double y, String text, Lettering lettering) {
        Font font = new Font(Font.SANS_SERIF, lettering.bold() ? Font.BOLD : Font.PLAIN, 1)
                .deriveFont((float) (lettering.size() * 0.93)); // the usual font of Linux is wide
        graphics.setFont(font);
        graphics.setColor(Color.decode(lettering.ink().light()));
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        double shift = switch (lettering.anchor()) {
            case START -> 0;
            case MIDDLE -> width / 2;
            case END -> width;
        };
        if (lettering.upright()) {
            Graphics2D turned = (Graphics2D) graphics.create();
            turned.rotate(-Math.PI / 2, x, y);
            turned.drawString(text, (float) (x - shift), (float) y);
            turned.dispose();
        } else {
            graphics.drawString(text, (float) (x - shift), (float) y);
        }
    }

    @Override
    public void within(double x, double y, double width, double height, Consumer<Canvas> drawing) {
        Shape before = graphics.getClip();
        graphics.clip(new Rectangle2D.Double(x, y, width, height));
        drawing.accept(this);
        graphics.setClip(before);
    }
}
