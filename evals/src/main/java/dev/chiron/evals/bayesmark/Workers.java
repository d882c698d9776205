package dev.chiron.evals.bayesmark;

import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** As many workers as threads ask at a time. */
final class Workers {

    private final String python;
    private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();

    /** @param python an interpreter, which is not started before it is needed */
    Workers(String python) {
        this.python = python;
    }

    /** @throws dev.chiron.agent.BadInput if the interpreter cannot be used, or ended meanwhile */
    Evaluation evaluate(Problem problem, Config config) {
        Worker worker = Optional.ofNullable(idle.poll()).orElseGet(() -> Worker.start(python));
        Evaluation evaluation = worker.evaluate(problem, config);
        idle.add(worker);
        return evaluation;
    }
}
