package dev.chiron.agent.plot.draw;

import dev.chiron.agent.plot.draw.Lettering.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Curves with bands, each labelled at its end.
 *
 * @param curves at least one, each with at least one point
 * @param low the least value shown
 * @param high the greatest value shown; what lies beyond is cut off
 * @param highIsUp whether great values are above
 */
public record LineChart(
        String title, String xLabel, String yLabel, List<Curve> curves, double low, double high, boolean highIsUp)
        implements Picture {

    private static final int LEFT = 84;
    private static final int TOP = 44;
    private static final int PLOT = 560;
    private static final int LINE = 15;
    private static final double BAND = 0.15;

    /** Makes the lists unchangeable. */
    public LineChart {
        curves = List.copyOf(curves);
    }

    /**
     * A curve.
     *
     * @param n which ink and dash
     * @param x ascending
     * @param low the lower end of the band; empty for none
     * @param high the upper end of the band; empty for none
     */
    public record Curve(String name, int n, List<Double> x, List<Double> y, List<Double> low, List<Double> high) {
        /** Makes the lists unchangeable. */
        public Curve {
            x = List.copyOf(x);
            y = List.copyOf(y);
            low = List.copyOf(low);
            high = List.copyOf(high);
        }

        double last() {
            return y.get(y.size() - 1);
        }
    }

    @Override
    public int width() {
        double labels = curves.stream()
                .mapToDouble(curve -> Lettering.width(name(curve)))
                .max()
                .orElse(0);
        return (int) (LEFT + PLOT + 44 + labels);
    }

    private static String name(Curve curve) {
        return Lettering.cut(curve.name(), 260);
    }

    @Override
    public int height() {
        return TOP + Math.max(310, curves.size() * LINE) + 50;
    }

    @Override
    public void draw(Canvas canvas) {
        int bottom = height() - 50;
        int right = LEFT + PLOT;
        Frame frame = new Frame(title, xLabel, yLabel, LEFT, TOP, right, bottom);
        double first =
                curves.stream().mapToDouble(curve -> curve.x().get(0)).min().orElse(0);
        double last = curves.stream()
                .mapToDouble(curve -> curve.x().get(curve.x().size() - 1))
                .max()
                .orElse(1);
        Scale x = new Scale(first, last > first ? last : first + 1, false, LEFT, right);
        Scale y = Scale.spanning(low, high, highIsUp ? bottom : TOP, highIsUp ? TOP : bottom);
        frame.title(canvas);
        frame.xAxis(canvas, x);
        frame.yAxis(canvas, y);
        canvas.within(LEFT, TOP, PLOT, (double) bottom - TOP, clipped -> {
            curves.forEach(curve -> band(clipped, curve, x, y));
            curves.forEach(curve -> clipped.path(
                    pixels(curve.x(), x),
                    pixels(curve.y(), y),
                    new Pen(Ink.series(curve.n()), 2, Dash.series(curve.n()))));
        });
        labels(canvas, x, y, bottom);
    }

    private static double[] pixels(List<Double> values, Scale scale) {
        return values.stream().mapToDouble(scale::at).toArray();
    }

    private static void band(Canvas canvas, Curve curve, Scale x, Scale y) {
        int count = curve.low().size();
        if (count == 0) {
            return;
        }
        double[] xs = new double[2 * count];
        double[] ys = new double[2 * count];
        for (int i = 0; i < count; i++) {
            xs[i] = x.at(curve.x().get(i));
            xs[2 * count - 1 - i] = xs[i];
            ys[i] = y.at(curve.low().get(i));
            ys[2 * count - 1 - i] = y.at(curve.high().get(i));
        }
        canvas.area(xs, ys, Ink.series(curve.n()), BAND);
    }

    private void labels(Canvas canvas, Scale x, Scale y, int bottom) {
        List<Curve> ordered = new ArrayList<>(curves);
        ordered.sort(Comparator.comparingDouble(curve -> y.at(curve.last())));
        double[] places = spread(
                ordered.stream()
                        .mapToDouble(curve -> Math.max(TOP, Math.min(bottom, y.at(curve.last()))))
                        .toArray(),
                TOP + 4,
                bottom);
        int right = LEFT + PLOT;
        for (int i = 0; i < ordered.size(); i++) {
            Curve curve = ordered.get(i);
            double end = x.at(curve.x().get(curve.x().size() - 1));
            double height = Math.max(TOP, Math.min(bottom, y.at(curve.last())));
            Pen leader = new Pen(Ink.series(curve.n()), 1, Dash.SOLID);
            if (end > right - 1) {
                canvas.line(end, height, right + 16, places[i], leader);
            }
            canvas.line(right + 16, places[i], right + 28, places[i], new Pen(leader.ink(), 3, Dash.series(curve.n())));
            canvas.text(right + 33, places[i] + 4, name(curve), Lettering.plain(Ink.TEXT, Anchor.START));
        }
    }

    /** Places near those wanted, ascending, a line apart, between top and bottom where there is room. */
    static double[] spread(double[] wanted, double top, double bottom) {
        double[] places = wanted.clone();
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(places[i], i == 0 ? top : places[i - 1] + LINE);
        }
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], i == places.length - 1 ? bottom : places[i + 1] - LINE);
        }
        return places;
    }
}
