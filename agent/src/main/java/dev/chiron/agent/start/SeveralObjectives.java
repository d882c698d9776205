package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.spec.Spec;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a task does not go with several objectives: refused before anything is run, instead of something else done in silence. */
final class SeveralObjectives {

    private SeveralObjectives() {}

    /** @throws BadInput naming what does not go, and what to do */
    static void check(Path file, Spec spec) {
        if (spec.objective().isSeveral()) {
            problem(spec).ifPresent(problem -> {
                throw new BadInput(file + ": metric: there are several objectives, and " + problem);
            });
        }
    }

    private static Optional<String> problem(Spec spec) {
        String able = String.join(", ", Method.ofSeveral());
        Method method = Method.labelled(spec.method()).orElseThrow();
        if (method != Method.CENTAUR && !method.takesSeveral()) {
            return Optional.of("the method " + spec.method() + " knows one: name one of " + able
                    + ", or centaur, or keep one metric");
        }
        Method optimizer = Method.labelled(spec.optimizer()).orElseThrow();
        if (!optimizer.takesSeveral()) {
            String learning = Method.ofSeveral().stream()
                    .filter(Method.optimizers()::contains)
                    .collect(Collectors.joining(", "));
            return Optional.of("the optimizer " + spec.optimizer() + " knows one: name one of " + learning
                    + ", or take optimizer: out");
        }
        if (spec.scoring().holdout().isPresent()) {
            return Optional.of("holdout: confirms edits of the script, which are judged by one: take it out");
        }
        if (spec.prune().isAsked()) {
            return Optional.of("prune: would stop by the first alone what may be the best in another: take it out");
        }
        int objectives = spec.objective().all().size();
        int named = spec.from().metrics(objectives).size();
        return named == 0 || named == objectives
                ? Optional.empty()
                : Optional.of("--from-metric (from.metric) names " + named + " of " + objectives
                        + ": name what each is called in the earlier results, in order, parted by commas");
    }
}
