package dev.chiron.agent.plot.draw;

import dev.chiron.agent.plot.draw.Lettering.Anchor;
import java.util.ArrayList;
import java.util.List;

/**
 * Forecasts beside what came: dots, and the line on which both are equal.
 *
 * @param groups at least one with a dot, each in its ink
 * @param low the least value of both axes
 * @param high the greatest value of both axes, above the least
 */
public record DotChart(String title, String xLabel, String yLabel, List<Group> groups, double low, double high)
        implements Picture {

    private static final int LEFT = 84;
    private static final int PLOT = 360;
    private static final int TOP = 44;
    private static final int LINE = 17;

    /** Makes the list unchangeable. */
    public DotChart {
        groups = List.copyOf(groups);
    }

    /**
     * Dots of one colour.
     *
     * @param radii of each dot, in pixels
     * @param joined whether a line goes through them
     */
    public record Group(String name, int n, List<Double> x, List<Double> y, List<Double> radii, boolean joined) {
        /** Makes the lists unchangeable. */
        public Group {
            x = List.copyOf(x);
            y = List.copyOf(y);
            radii = List.copyOf(radii);
        }
    }

    @Override
    public int width() {
        double names = groups.stream()
                .mapToDouble(group -> Lettering.width(Lettering.cut(group.name(), 260)))
                .max()
                .orElse(0);
        return (int) (LEFT + PLOT + 50 + names);
    }

    @Override
    public int height() {
        return TOP + Math.max(PLOT, LINE * groups.size()) + 50;
    }

    @Override
    public void draw(Canvas canvas) {
        int bottom = TOP + PLOT;
        Frame frame = new Frame(title, xLabel, yLabel, LEFT, TOP, LEFT + PLOT, bottom);
        Scale scale = Scale.spanning(low, high, 0, 1);
        Scale x = scale.onto(LEFT, LEFT + PLOT);
        Scale y = scale.onto(bottom, TOP);
        frame.title(canvas);
        frame.xAxis(canvas, x);
        frame.yAxis(canvas, y);
        canvas.within(LEFT, TOP, PLOT, PLOT, clipped -> {
            clipped.line(LEFT, bottom, LEFT + PLOT, TOP, new Pen(Ink.MUTED, 1, Dash.DASHED));
            groups.forEach(group -> group(clipped, group, x, y));
        });
        List<Group> named = new ArrayList<>(groups);
        for (int i = 0; i < named.size(); i++) {
            double place = TOP + 10 + LINE * i;
            canvas.dot(LEFT + PLOT + 22, place, 4.5, Ink.series(named.get(i).n()), 1);
            canvas.text(
                    LEFT + PLOT + 33,
                    place + 4,
                    Lettering.cut(named.get(i).name(), 260),
                    Lettering.plain(Ink.TEXT, Anchor.START));
        }
    }

    private static void group(Canvas canvas, Group group, Scale x, Scale y) {
        double[] xs = group.x().stream().mapToDouble(x::at).toArray();
        double[] ys = group.y().stream().mapToDouble(y::at).toArray();
        if (group.joined()) {
            canvas.path(xs, ys, new Pen(Ink.series(group.n()), 1.5, Dash.series(group.n())));
        }
        for (int i = 0; i < xs.length; i++) {
            canvas.dot(xs[i], ys[i], group.radii().get(i), Ink.series(group.n()), group.joined() ? 1 : 0.55);
        }
    }
}
