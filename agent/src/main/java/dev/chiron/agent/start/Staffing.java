package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.LocalCrew;
import dev.chiron.agent.Plan;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.spec.CrewSpec;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.sandbox.run.LocalRunner;
import dev.chiron.sandbox.run.Runner;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The workers of a task's study. */
record Staffing(Spec spec) {

    /**
     * Refuses what cannot run several trials at once.
     *
     * @param environment this process's variables
     * @throws BadInput if the method cannot, or a GPU is not to be used
     */
    void check(Map<String, String> environment) {
        CrewSpec crew = spec.crew();
        crew.hidden(environment).ifPresent(gpu -> {
            throw new BadInput("gpus (--gpus): " + gpu + " is not among those that " + CrewSpec.VARIABLE + "="
                    + environment.get(CrewSpec.VARIABLE) + " shows here; name some of these, or unset the variable");
        });
        if (spec.executor().isSlurm() && !crew.gpus().isEmpty()) {
            throw new BadInput(
                    "gpus (--gpus): trials that are jobs of Slurm have none of this machine's GPUs; say slurm.gpus for"
                            + " what each job asks for, and --workers for how many there are at once");
        }
        if (spec.prune().asksModel() && !answers(spec.llm().models())) {
            throw new BadInput(
                    "prune (--prune): model asks a model whether a run is worth going on with, and llm.model is "
                            + spec.llm().model()
                            + "; name one with --llm, such as --llm ollama:qwen3:8b, or --llm builtin for rules of"
                            + " thumb");
        }
        boolean compares =
                !List.of("none", "threshold", "patient").contains(spec.prune().by());
        if (FidelitySpec.isInParts(spec.method()) && (compares || isThen())) {
            throw new BadInput("prune (--prune): " + spec.prune().by()
                    + " compares a run with others, and with the method " + spec.method()
                    + " runs are trained for different times: take it out, or say threshold or patient");
        }
        if (crew.workers() == 1) {
            return;
        }
        if (EditorsCast.isFor(spec)) {
            throw refused("the method " + spec.method()
                    + " edits the best script so far, which it knows only when a trial has ended");
        }
        if (spec.optimizer().equals(Method.COMMONS_CMA_ES.label())) {
            throw refused("the library of " + spec.optimizer()
                    + " waits for each value before it gives the next point; cma-es takes them in any order");
        }
    }

    /** Whether the first of the models, which is the one that is asked, can say anything but configs. */
    private static boolean answers(List<String> models) {
        return !List.of("none", Partner.Perturb.NAME).contains(models.get(0));
    }

    /** Whether a patient rule leaves it to one that compares. */
    private boolean isThen() {
        return !List.of("none", "threshold").contains(spec.prune().then());
    }

    private BadInput refused(String why) {
        return new BadInput("workers (--workers, --gpus): " + spec.crew().workers()
                + " trials at once are not to be had: " + why + ". Leave them out to run one after the other");
    }

    /** @param llm the models that take part, as users name them; {@code none} without one */
    Plan plan(String llm) {
        boolean asks = !llm.equals("none") && !llm.equals(Partner.Perturb.NAME);
        return new Plan(spec.crew().workers(), spec.crew().deterministic(), asks);
    }

    /**
     * The workers, each with a runner of its own where it has a GPU of its own.
     *
     * @param dressed what is made of each worker's runner
     */
    List<LocalCrew.Worker> workers(Runner runner, UnaryOperator<Runner> dressed) {
        List<String> gpus = spec.crew().gpus();
        if (gpus.isEmpty()) {
            return Collections.nCopies(
                    spec.crew().workers(), new LocalCrew.Worker(dressed.apply(runner), Optional.empty()));
        }
        if (!(runner instanceof LocalRunner local)) {
            throw new IllegalStateException("jobs have no GPU of this machine");
        }
        return gpus.stream()
                .map(gpu -> new LocalCrew.Worker(dressed.apply(local.with(CrewSpec.VARIABLE, gpu)), Optional.of(gpu)))
                .toList();
    }
}
