package dev.chiron.agent.plot;

import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Dash;
import dev.chiron.agent.plot.draw.Ink;
import dev.chiron.agent.plot.draw.Lettering;
import dev.chiron.agent.plot.draw.Lettering.Anchor;
import dev.chiron.agent.plot.draw.Pen;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.optimizers.forest.Importance;
import dev.chiron.optimizers.forest.Importance.Share;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The best configs as lines through an axis for each parameter, low values below; in a file, others behind them. Parameters that
 * cannot vary are left out, and those that matter least where there is not room for all.
 *
 * @param others none of the best, at most {@value #MOST_OTHERS}, the last ones
 * @param all how many parameters vary
 */
record ParallelPicture(
        String metric, List<Parameter> parameters, List<Trial> best, List<Trial> others, int all, Size size)
        implements Picture {

    private static final double CELL = 8;
    private static final int AXIS = 10; // characters
    private static final int MOST_BEST = 8;
    private static final int MOST_OTHERS = 60;
    private static final int ABOVE = 3; // rows: title, names, high ends
    private static final int BELOW = -1;

    static ParallelPicture of(SearchSpace space, History history, Size size) {
        List<Parameter> varied = space.parameters().stream()
                .filter(parameter -> !parameter.isFixed())
                .toList();
        int room = Math.max(2, size.columns() / AXIS);
        List<Trial> best = history.best(MOST_BEST);
        List<Trial> others = history.trials().stream()
                .filter(trial -> trial.value().isPresent() && !best.contains(trial))
                .toList();
        return new ParallelPicture(
                history.objective().metric(),
                varied.size() <= room ? varied : mostImportant(varied, room, StudyImportance.of(space, history)),
                best,
                others.subList(Math.max(0, others.size() - MOST_OTHERS), others.size()),
                varied.size(),
                size);
    }

    /** In the space's order; the first ones where nothing is known of them. */
    private static List<Parameter> mostImportant(List<Parameter> varied, int count, Optional<Importance> importance) {
        List<String> kept = importance
                .map(known -> known.shares().stream()
                        .sorted(Comparator.comparingDouble(Share::mean).reversed())
                        .limit(count)
                        .map(Share::parameter)
                        .toList())
                .orElseGet(
                        () -> varied.stream().limit(count).map(Parameter::name).toList());
        return varied.stream()
                .filter(parameter -> kept.contains(parameter.name()))
                .toList();
    }

    @Override
    public String title() {
        String shown = parameters.size() < all ? "; " + parameters.size() + " of " + all + " parameters" : "";
        return "the best " + best.size() + " by " + metric + shown;
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return size.height();
    }

    private double x(int axis) {
        double room = (size.width() - CELL * AXIS) / Math.max(1.0, parameters.size() - 1.0);
        return CELL * AXIS / 2 + axis * room;
    }

    private double y(double u) {
        return size.row(BELOW) - 4 - u * (size.row(BELOW) - size.row(ABOVE) - 8);
    }

    @Override
    public void draw(Canvas canvas) {
        canvas.text(CELL, size.baseLine(0), title(), Lettering.title());
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            canvas.line(x(i), size.row(ABOVE), x(i), size.row(BELOW), Pen.thin(Ink.MUTED));
            int letters = (int) ((x(1) - x(0)) / CELL) - 1;
            text(canvas, i, 1, cut(parameter.name(), letters), Ink.TEXT);
            end(canvas, i, 1, 2, letters);
            end(canvas, i, 0, BELOW, letters);
        }
        others.forEach(trial -> line(canvas, trial.config(), Pen.thin(Ink.GRID)));
        for (int k = best.size() - 1; k >= 0; k--) {
            Pen pen = new Pen(Ink.series(k == 0 ? 1 : 0), k == 0 ? 2.5 : 1.2, Dash.SOLID);
            line(canvas, best.get(k).config(), pen);
        }
    }

    private void end(Canvas canvas, int axis, double u, int row, int letters) {
        Parameter parameter = parameters.get(axis);
        String label = cut(SlicePicture.label(parameter.decode(u)), letters);
        text(canvas, axis, row, label, Ink.MUTED);
    }

    /** In the middle above or under an axis, moved in at the sides. */
    private void text(Canvas canvas, int axis, int row, String text, Ink ink) {
        double half = CELL * text.length() / 2.0;
        double x = Math.max(half, Math.min(size.width() - half, x(axis)));
        canvas.text(x, size.baseLine(row), text, Lettering.plain(ink, Anchor.MIDDLE));
    }

    /** Broken where a parameter is not active, or lies outside of its range as it is now. */
    private void line(Canvas canvas, Config config, Pen pen) {
        List<double[]> piece = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            Optional<Double> u = config.find(parameter.name())
                    .filter(value -> parameter.problem(value).isEmpty())
                    .map(parameter::encode);
            if (u.isPresent()) {
                piece.add(new double[] {x(i), y(u.get())});
            } else {
                path(canvas, piece, pen);
                piece.clear();
            }
        }
        path(canvas, piece, pen);
    }

    private static void path(Canvas canvas, List<double[]> piece, Pen pen) {
        if (piece.size() > 1) {
            canvas.path(
                    piece.stream().mapToDouble(place -> place[0]).toArray(),
                    piece.stream().mapToDouble(place -> place[1]).toArray(),
                    pen);
        } else if (!pen.ink().equals(Ink.GRID)) {
            piece.forEach(place -> canvas.dot(place[0], place[1], 3, pen.ink(), 1));
        }
    }

    private static String cut(String name, int letters) {
        return name.length() > letters ? name.substring(0, Math.max(1, letters - 1)) + "…" : name;
    }
}
