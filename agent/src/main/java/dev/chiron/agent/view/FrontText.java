package dev.chiron.agent.view;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Volume;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The front of a study of several objectives, for people. */
public final class FrontText {

    private FrontText() {}

    /** How many trials the front has, and of how many. */
    public static String headline(History history) {
        long measured = history.trials().stream()
                .filter(trial -> trial.value().isPresent())
                .filter(trial -> !history.repeats() || !trial.origin().isCheck())
                .count();
        int front = history.front().size();
        return front + (front == 1 ? " trial is" : " trials are") + " on the front, of " + measured + " measured: "
                + Texts.goals(history.objective()) + (history.repeats() ? ", by the means of all runs." : ".");
    }

    /** The trials of the front with their values, in the order of the first objective. */
    public static Table table(History history) {
        Objective objective = history.objective();
        Table table = new Table();
        List<String> header = new ArrayList<>(List.of("trial"));
        objective.all().forEach(one -> header.add(one.metric()));
        if (history.repeats()) {
            header.add("runs");
        }
        header.addAll(List.of("by", ""));
        table.row(header.toArray(String[]::new));
        for (Trial trial : history.front()) {
            table.row(row(trial, history, trial.origin().label()).toArray(String[]::new));
        }
        return table;
    }

    /** The same with the values of all parameters. */
    public static Table configs(History history) {
        Set<String> names = new LinkedHashSet<>();
        history.front()
                .forEach(trial -> names.addAll(
                        ProgressSchedule.inScript(trial.config()).values().keySet()));
        Table table = new Table();
        List<String> header = new ArrayList<>(List.of("trial"));
        history.objective().all().forEach(one -> header.add(one.metric()));
        header.addAll(names);
        table.row(header.toArray(String[]::new));
        for (Trial trial : history.front()) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(trial.number())));
            values(trial, history).forEach(cells::add);
            Config config = ProgressSchedule.inScript(trial.config());
            names.forEach(name -> cells.add(config.find(name).map(Value::text).orElse("-")));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static List<String> row(Trial trial, History history, String by) {
        List<String> cells = new ArrayList<>(List.of(Integer.toString(trial.number())));
        cells.addAll(values(trial, history));
        if (history.repeats()) {
            cells.add(Integer.toString(history.measured(trial)));
        }
        cells.add(by);
        cells.add(history.incumbent().filter(trial::equals).isPresent() ? "the compromise" : "");
        return cells;
    }

    private static List<String> values(Trial trial, History history) {
        return history.values(trial).stream().map(Texts::value).toList();
    }

    /** The hypervolume, and up to where it is measured. */
    public static String volume(History history) {
        Volume volume = Volume.of(history);
        List<Objective> all = history.objective().all();
        List<String> reference = new ArrayList<>();
        for (int k = 0; k < volume.reference().size(); k++) {
            reference.add(
                    all.get(k).metric() + " " + Texts.value(volume.reference().get(k)));
        }
        return (volume.now() == Double.MAX_VALUE ? "more than " : "") + Numbers.text(volume.now(), 6) + " up to "
                + String.join(", ", reference);
    }

    /** The numbers of the trials of the front: {@code 3, 17 and 40}. */
    public static String numbers(History history) {
        return history.front().stream()
                .map(trial -> Integer.toString(trial.number()))
                .collect(Collectors.joining(", "));
    }
}
