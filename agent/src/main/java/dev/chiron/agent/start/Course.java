package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.spec.Constants;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.spec.SteeredSpace;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.optimizers.study.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A task as it is in force: as its study began, and as it was steered since. Immutable; follows from the steerings alone.
 *
 * @param begun the task without any steering
 * @param taken all steerings so far, those that were taken back too
 * @param space what is searched
 * @param notes what models are told, the newest last
 * @param llm who takes the models' turns, and how many
 * @param budget the bounds
 * @param constants the script's, read when they are needed
 * @param overruled steerings of earlier sessions in whose place a flag of this one holds
 */
public record Course(
        Spec begun,
        List<Taken> taken,
        SteeredSpace space,
        List<String> notes,
        LlmSpec llm,
        Budget budget,
        Supplier<Constants> constants,
        Predicate<Taken> overruled) {

    private static final int LONGEST_NOTE = 4000;

    /** Copies the lists. */
    public Course {
        taken = List.copyOf(taken);
        notes = List.copyOf(notes);
    }

    /** The course of a study as it began. */
    public static Course of(Spec begun, Supplier<Constants> constants, Predicate<Taken> overruled) {
        return new Course(
                begun, List.of(), SteeredSpace.of(begun), List.of(), begun.llm(), begun.budget(), constants, overruled);
    }

    /**
     * The course of a study as it lies on disk, with all that its journal says was steered; may be running meanwhile.
     *
     * @throws BadInput if there is none
     */
    public static Course read(Path study) {
        Recording recording =
                Recording.read(study).orElseThrow(() -> new BadInput("no study in " + study + "; name its folder"));
        return of(study, FrozenSpec.read(study.resolve("study.yaml")), recording);
    }

    /** The course of a study that was read. */
    public static Course of(Path study, Spec spec, Recording recording) {
        Course course = of(spec, () -> constants(spec, study), taken -> false);
        for (Taken taken : recording.steerings()) {
            course = course.with(taken);
        }
        return course;
    }

    /** The constants of a study's script as it was when the study began. */
    static Constants constants(Spec spec, Path study) {
        Path script = study.resolve("script").resolve(Path.of(spec.script()).getFileName());
        return TaskFile.constants(script, spec.script());
    }

    /** What was steered and holds, and what is searched now where that is not what it was, in lines for people; none if nothing was. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        holding()
                .forEach(one -> lines.add("  " + one.number() + "  before trial " + one.trials() + ": "
                        + PlainText.line(one.steering().text())));
        if (!lines.isEmpty()) {
            lines.add(0, "Steered:");
        }
        if (isMoved()) {
            lines.add("Searched now:");
            space.lines().forEach(line -> lines.add("  " + line));
            space.space().constraints().forEach(constraint -> lines.add("  " + constraint.text()));
        }
        return lines;
    }

    /** The task in force. */
    public Spec spec() {
        return isSteered() ? begun.steered(space, llm, budget) : begun;
    }

    private boolean isSteered() {
        return !taken.isEmpty();
    }

    /** Whether another is searched than when the study began. */
    public boolean isMoved() {
        return !space.space().equals(begun.space()) || !space.start().equals(begun.baseline());
    }

    /** A trial of the study as one of the space in force; empty if it has no place there. Edited scripts have no space of their own. */
    public Optional<Trial> seen(Trial trial) {
        if (!isMoved() || trial.change() instanceof Change.Edit) {
            return Optional.of(trial);
        }
        return space.seen(trial)
                .filter(seen -> space.space().broken(seen.config()).isEmpty());
    }

    /** The trials of the study, as those of the space in force. */
    public History seen(History history) {
        if (!isMoved()) {
            return history;
        }
        History seen = history.anew(seen(history.earlier()));
        history.trials().forEach(trial -> add(trial, seen));
        return seen;
    }

    /** Appends a trial of the study to a history of the space in force. */
    void add(Trial trial, History history) {
        seen(trial).ifPresentOrElse(history::add, () -> history.addOutside(trial));
    }

    /** Earlier results as far as they have a place in the space in force. */
    public Earlier seen(Earlier earlier) {
        return isMoved()
                ? new Earlier(
                        earlier.inside().stream()
                                .flatMap(trial -> seen(trial).stream())
                                .toList(),
                        List.of())
                : earlier;
    }

    /**
     * Goes on with one steering more.
     *
     * @throws BadInput if it cannot be taken up: what is wrong, and what to do
     */
    public Course with(Taken next) {
        Course course = next.steering() instanceof Steering.Undo undo
                ? without(undo)
                : overruled.test(next) ? this : steered(next);
        List<Taken> all = new ArrayList<>(taken);
        all.add(next);
        return new Course(begun, all, course.space, course.notes, course.llm, course.budget, constants, overruled);
    }

    /** The steerings that hold: without those that were taken back, and what took them back. */
    public List<Taken> holding() {
        return holding(taken);
    }

    static List<Taken> holding(List<Taken> all) {
        List<Taken> holding = new ArrayList<>();
        for (Taken one : all) {
            if (one.steering() instanceof Steering.Undo undo) {
                holding.removeIf(other -> other.number() == undo.number());
            } else {
                holding.add(one);
            }
        }
        return holding;
    }

    private Course without(Steering.Undo undo) {
        String where = undo.text() + ": ";
        List<Taken> holding = new ArrayList<>(holding());
        Taken gone = holding.stream()
                .filter(one -> one.number() == undo.number())
                .findFirst()
                .orElseThrow(() -> new BadInput(where + "no steering of that number holds; "
                        + (holding.isEmpty() ? "there is none" : "the last is " + last(holding))));
        boolean later = holding.stream()
                .anyMatch(one -> one.number() > gone.number() && !(one.steering() instanceof Steering.Wish));
        if (later && !(gone.steering() instanceof Steering.Wish)) {
            throw new BadInput(where + "only the last can be taken back, which is " + last(holding));
        }
        holding.remove(gone);
        Course course = of(begun, constants, overruled);
        for (Taken one : holding) {
            course = overruled.test(one) ? course : course.steered(one);
        }
        return course;
    }

    private static String last(List<Taken> holding) {
        return holding.stream()
                .filter(one -> !(one.steering() instanceof Steering.Wish))
                .reduce((earlier, later) -> later)
                .map(one -> one.number() + " (" + one.steering().text() + ")")
                .orElse("none");
    }

    private Course steered(Taken next) {
        Steering steering = next.steering();
        if (steering instanceof Steering.Try wish) {
            checkConfig(wish.text(), wish.config());
            return this;
        } else if (steering instanceof Steering.Told told) {
            checkConfig(told.text(), told.config());
            return this;
        } else if (steering instanceof Steering.Edit || steering instanceof Steering.Rewrite) {
            return this;
        } else if (steering instanceof Steering.Note note) {
            return with(note);
        } else if (steering instanceof Steering.Forget) {
            return with(space, List.of(), llm, budget);
        } else if (steering instanceof Steering.Share share) {
            return with(share);
        } else if (steering instanceof Steering.Model model) {
            requireModels(model.text());
            return with(space, notes, llm.withModels(model.models()), budget);
        } else if (steering instanceof Steering.Limit limit) {
            return with(limit);
        }
        requireSpace(steering.text());
        return with(moved(steering, next.trials()), notes, llm, budget);
    }

    private SteeredSpace moved(Steering steering, int trials) {
        if (steering instanceof Steering.Pin pin) {
            return space.pin(pin.parameter(), pin.value());
        } else if (steering instanceof Steering.Unpin unpin) {
            return space.unpin(unpin.parameter());
        } else if (steering instanceof Steering.Range range) {
            return space.range(range.parameter(), range.low(), range.high());
        } else if (steering instanceof Steering.Options options) {
            return space.options(options.parameter(), options.options());
        } else if (steering instanceof Steering.Ban ban) {
            return space.ban(ban.comparison());
        } else if (steering instanceof Steering.Add add) {
            return space.add(add.parameter(), add.definition(), trials, constants.get());
        } else if (steering instanceof Steering.Drop drop) {
            return space.drop(drop.parameter());
        }
        throw new AssertionError(steering);
    }

    private void checkConfig(String where, Config config) {
        List<String> problems = space.space().problems(config.values());
        if (!problems.isEmpty()) {
            throw new BadInput(where + ": " + problems.get(0));
        }
        space.space().broken(config).stream().findFirst().ifPresent(broken -> {
            throw new BadInput(where + ": breaks \"" + broken.text() + "\""
                    + space.space()
                            .repair(config)
                            .map(kept -> "; this keeps it: " + kept)
                            .orElse(""));
        });
    }

    private Course with(Steering.Note note) {
        if (note.text().isBlank() || note.text().length() > LONGEST_NOTE) {
            throw new BadInput("note: " + (note.text().isBlank() ? "is empty" : "is longer than " + LONGEST_NOTE)
                    + "; say in a sentence or a few what the model should try or leave");
        }
        if (llm.models().equals(List.of("none")) || llm.model().equals(Partner.Perturb.NAME) || !isTeam()) {
            throw new BadInput("note: nobody would read it: " + asksNone());
        }
        List<String> all = new ArrayList<>(notes);
        all.add(note.text().strip());
        return with(space, all, llm, budget);
    }

    private Course with(Steering.Share share) {
        requireModels(share.text());
        if (begun.method().equals(Method.CODE.label())) {
            throw new BadInput(share.text() + ": with the method code every turn is the model's");
        }
        if (share.share().isPresent()
                && !(share.share().getAsDouble() >= 0 && share.share().getAsDouble() <= 1)) {
            throw new BadInput(share.text() + ": a share lies in [0, 1]; or write adaptive");
        }
        return with(space, notes, llm.withShare(share.share()), budget);
    }

    private Course with(Steering.Limit limit) {
        if (limit.trials().isEmpty()
                && limit.trainTime().isEmpty()
                && limit.llmUsd().isEmpty()) {
            throw new BadInput("budget: say which bound, trials=N, time=2h or usd=5");
        }
        try {
            return with(
                    space,
                    notes,
                    llm,
                    new Budget(
                            limit.trials().isPresent() ? limit.trials() : budget.trials(),
                            budget.trainings(),
                            limit.trainTime().or(budget::trainTime),
                            limit.llmUsd().isPresent() ? limit.llmUsd() : budget.llmUsd(),
                            budget.llmTokens(),
                            budget.llmCalls()));
        } catch (IllegalArgumentException e) {
            throw new BadInput(limit.text() + ": " + e.getMessage(), e);
        }
    }

    private boolean isTeam() {
        return Method.labelled(begun.method()).filter(Method::isTeam).isPresent();
    }

    private String asksNone() {
        return isTeam()
                ? "the study has no model; name one with model"
                : "the method " + begun.method() + " asks no model; begin a study with centaur for that";
    }

    private void requireModels(String where) {
        if (!isTeam()) {
            throw new BadInput(where + ": " + asksNone());
        }
    }

    /** Where scripts are edited every version has numbers of its own. */
    private void requireSpace(String where) {
        if (EditorsCast.isFor(begun)) {
            throw new BadInput(
                    where + ": with the method " + begun.method()
                            + " each version of the script has numbers of its own, so the space cannot be steered; say it in a note");
        }
    }

    private Course with(SteeredSpace other, List<String> said, LlmSpec models, Budget bounds) {
        return new Course(begun, taken, other, said, models, bounds, constants, overruled);
    }
}
