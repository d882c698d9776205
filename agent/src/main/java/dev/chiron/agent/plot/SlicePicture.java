package dev.chiron.agent.plot;

import dev.chiron.agent.plot.draw.Canvas;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Parameter.Choice;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values over those of one parameter, coloured by who proposed them. */
record SlicePicture(Parameter parameter, Ended ended, Size size) implements Picture {

    private static final int TICKS = 5;

    @Override
    public String title() {
        return ended.metric() + " by " + parameter.name();
    }

    @Override
    public int width() {
        return size.width();
    }

    @Override
    public int height() {
        return size.height();
    }

    @Override
    public void draw(Canvas canvas) {
        double[] range = ended.range();
        Axes axes = Axes.of(size, range[0], range[1]);
        axes.draw(canvas, title(), ticks(axes));
        Legend.of(ended).draw(canvas, size, 1);
        axes.inside(canvas, inner -> {
            for (Trial trial : ended.measured()) {
                place(trial)
                        .ifPresent(u -> inner.dot(
                                x(axes, u), axes.y(trial.value().orElseThrow()), 3, ended.ink(trial.origin()), 0.7));
            }
        });
    }

    /** Where a trial's value lies in the range; empty where it was not active, or the range is another by now. */
    private Optional<Double> place(Trial trial) {
        return trial.config()
                .find(parameter.name())
                .filter(value -> parameter.problem(value).isEmpty())
                .map(parameter::encode);
    }

    private static double x(Axes axes, double u) {
        return axes.left() + 6 + u * (axes.right() - axes.left() - 12);
    }

    private List<Axes.Tick> ticks(Axes axes) {
        List<Axes.Tick> ticks = new ArrayList<>();
        if (parameter instanceof Choice choice) {
            choice.options()
                    .forEach(option -> ticks.add(new Axes.Tick(x(axes, parameter.encode(option)), option.text())));
            return ticks;
        }
        for (int k = 0; k < TICKS; k++) {
            Value value = parameter.decode((double) k / (TICKS - 1));
            ticks.add(new Axes.Tick(x(axes, parameter.encode(value)), label(value)));
        }
        return ticks;
    }

    static String label(Value value) {
        return value instanceof Value.Real real ? Numbers.text(real.number(), 3) : value.text();
    }
}
