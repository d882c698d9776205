package dev.chiron.evals.bayesmark;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.task.Evaluation;
import dev.chiron.optimizers.space.Config;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** As many workers as threads ask at a time. What was scored once is not trained again: it would come out the same. */
final class Workers {

    private final String python;
    private final Queue<Worker> idle = new ConcurrentLinkedQueue<>();
    private final Map<Request, Evaluation> known = new ConcurrentHashMap<>();

    private record Request(Problem problem, Config config) {}

    /** @param python an interpreter, which is not started before it is needed */
    Workers(String python) {
        this.python = python;
    }

    /** @throws BadInput if the interpreter cannot be used, or ended meanwhile */
    Evaluation evaluate(Problem problem, Config config) {
        Request request = new Request(problem, config);
        Evaluation before = known.get(request);
        if (before != null) {
            return before;
        }
        Worker worker = Optional.ofNullable(idle.poll()).orElseGet(() -> Worker.start(python));
        Evaluation evaluation = worker.evaluate(problem, config);
        idle.add(worker);
        known.put(request, evaluation);
        return evaluation;
    }
}
