package dev.chiron.evals;

import dev.chiron.evals.Speed.Figure;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What a trial of a task costs that stands for real trainings; tasks whose data is not there are left out. */
final class SurrogateSpeed {

    private static final List<String> TASKS =
            List.of("autoresearch", "lcbench-167168", "rbv2_xgboost-12", "rbv2_rpart-14");
    private static final int WARM_UP = 1_000;
    private static final int CONFIGS = 2_000;

    private final Tasks tasks;

    SurrogateSpeed(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Medians over 2,000 random configs that bring a value, after 1,000 to warm up. */
    List<Figure> measure() {
        return tasks.suites().stream()
                .filter(suite -> suite.missing().isEmpty())
                .flatMap(suite -> TASKS.stream().flatMap(name -> suite.find(name).stream()))
                .map(task -> new Figure("an evaluation of " + task.name(), Speed.millis(nanos(task)), "1 ms"))
                .toList();
    }

    private static double nanos(EvalTask task) {
        RandomSearch random = RandomSearch.start(task.space(), 1);
        List<Double> taken = new ArrayList<>();
        for (int i = 0; taken.size() < CONFIGS; i++) {
            Config config = random.ask();
            long start = System.nanoTime();
            Outcome outcome = task.evaluate(config, OptionalLong.of(i)).outcome();
            long nanos = System.nanoTime() - start;
            if (i >= WARM_UP && outcome instanceof Outcome.Measured) {
                taken.add((double) nanos);
            }
        }
        return Speed.median(taken);
    }
}
