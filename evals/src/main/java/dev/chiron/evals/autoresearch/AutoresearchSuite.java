package dev.chiron.evals.autoresearch;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Card;
import dev.chiron.evals.surrogate.Validation;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.evals.task.Suite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The task {@code autoresearch}, fitted when it is first asked for, which takes some seconds; and {@code autoresearch-shifted}, the same
 * with the recorded offsets between studies.
 */
public final class AutoresearchSuite implements Suite {

    static final String NAME = "autoresearch";
    static final String SHIFTED = "autoresearch-shifted";

    private final Path trials;
    private Optional<Autoresearch> fitted = Optional.empty();

    /** @param trials the recorded trials, comma-separated, perhaps compressed */
    public AutoresearchSuite(Path trials) {
        this.trials = trials;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String line() {
        return "14 parameters of a 5-minute GPT training, a surrogate of 6,689 recorded trials, out of memory included;"
                + " autoresearch-shifted with the offsets between studies, too";
    }

    @Override
    public List<String> tasks() {
        return List.of(NAME); // the other differs in its noise alone
    }

    @Override
    public Optional<String> missing() {
        return Files.isRegularFile(trials)
                ? Optional.empty()
                : Optional.of("the recorded trials are not at " + trials + "; give their file with --autoresearch");
    }

    @Override
    public Optional<EvalTask> find(String task) {
        if (!task.equals(NAME) && !task.equals(SHIFTED)) {
            return Optional.empty();
        }
        missing().ifPresent(missing -> {
            throw new BadInput(missing);
        });
        if (fitted.isEmpty()) {
            fitted = Optional.of(Autoresearch.fit(trials));
        }
        return fitted.map(known -> task.equals(SHIFTED) ? known.shifted() : known);
    }

    /** Leaves out one method of the study at a time. */
    @Override
    public Optional<Card> card(String task) {
        return find(task)
                .map(known -> new Validation(TrialsLog.read(trials), known.objective(), Autoresearch::fit)
                        .card(run -> run.substring(0, run.lastIndexOf(' '))));
    }
}
