package dev.chiron.agent.code;

import dev.chiron.agent.Proposal;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Effect;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.branch.ThreeWay;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The best script without each of its kept edits, run at the end of a study, for what each edit is worth beside the others. One
 * whose lines a later edit has changed again cannot be taken out alone.
 */
public final class Ablation {

    private final Workbench bench;
    private final int runs;

    /** @param runs how often each is run; 0 for never */
    public Ablation(Workbench bench, int runs) {
        this.bench = bench;
        this.runs = runs;
    }

    /** The next run; empty when all were made. */
    Optional<Proposal.Try> next(History history) {
        if (runs == 0
                || history.incumbent().isEmpty()
                || history.incumbent().get().origin() == Origin.LEAN) {
            return Optional.empty();
        }
        Trial last = history.incumbent().get();
        return Effect.kept(history).stream()
                .flatMap(step -> without(step, last.change()).stream())
                .filter(change -> count(change, Origin.ABLATION, history) < runs)
                .findFirst()
                .map(change -> new Proposal.Try(change, Origin.ABLATION, Optional.empty()))
                .or(() -> again(last, history))
                .or(() -> lean(last, history));
    }

    /** The script without all that was no worse without, so that what remains does something. */
    private Optional<Proposal.Try> lean(Trial last, History history) {
        List<Integer> idle = Effect.of(history).stream()
                .filter(Effect::isIdle)
                .map(effect -> effect.kept().number())
                .toList();
        Optional<String> text = Optional.of(bench.text(last.change()));
        for (Effect.Step step : Effect.kept(history)) {
            if (idle.contains(step.kept().number())) {
                text = text.flatMap(script -> without(step, last.config(), script));
            }
        }
        if (idle.isEmpty() || text.isEmpty()) {
            return Optional.empty();
        }
        String idea = "without what does nothing: the edits of trials "
                + idle.stream().map(String::valueOf).collect(Collectors.joining(", "));
        Change lean = bench.change(bench.variant(last.change()).edited(text.get(), idea), last.change());
        return count(lean, Origin.LEAN, history) < runs
                ? Optional.of(new Proposal.Try(lean, Origin.LEAN, Optional.empty()))
                : Optional.empty();
    }

    /** What the runs without an edit are compared with is run as often, if there are any. */
    private Optional<Proposal.Try> again(Trial last, History history) {
        boolean compared = history.trials().stream().anyMatch(trial -> trial.origin() == Origin.ABLATION);
        return compared && count(last.change(), history) < runs
                ? Optional.of(new Proposal.Try(last.change(), Origin.REPEAT, Optional.empty()))
                : Optional.empty();
    }

    private Optional<Change> without(Effect.Step step, Change last) {
        Variant edited = step.kept().change().variant().orElseThrow();
        return without(step, last.config(), bench.text(last))
                .map(text -> bench.change(
                        new Variant(Variant.root(text).id(), edited.id(), text, "without: " + edited.idea()), last));
    }

    /** The edit taken out of a script; all three have the same numbers, so that tuning them is in nobody's way. */
    private Optional<String> without(Effect.Step step, Config numbers, String script) {
        Change edited = new Change.Edit(numbers, step.kept().change().variant().orElseThrow());
        Change before = new Change.Edit(numbers, bench.variant(step.before().change()));
        return ThreeWay.without(bench.text(before), bench.text(edited), script);
    }

    private static long count(Change change, Origin origin, History history) {
        return history.trials().stream()
                .filter(trial -> trial.origin() == origin)
                .filter(trial -> trial.change().key().equals(change.key()))
                .count();
    }

    private static long count(Change change, History history) {
        return history.trials().stream()
                .filter(trial -> trial.change().key().equals(change.key()))
                .count();
    }
}
