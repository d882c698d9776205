package dev.chiron.agent.cli;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.describe.Adviser;
import dev.chiron.agent.describe.Asking;
import dev.chiron.agent.describe.Suggestion;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.TaskDraft;
import dev.chiron.agent.start.TaskFile;
import dev.chiron.agent.store.Prediction;
import dev.chiron.agent.view.Texts;
import dev.chiron.prompts.describe.Request;
import dev.chiron.prompts.facts.Facts;
import dev.chiron.prompts.reply.Described;
import dev.chiron.prompts.reply.PredictedLog;
import dev.chiron.sandbox.source.Source;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** {@code chiron init --describe}: composes a task, has it approved, writes it, and asks for the log that is expected of it. */
record DescribedInit(
        Console console,
        String script,
        Source source,
        Request request,
        Optional<Adviser> adviser,
        Facts facts,
        Wanted wanted) {

    /**
     * What the person has said beside the request.
     *
     * @param yes whether to write without asking
     * @param prediction whether the model is asked for the training log that it expects
     */
    record Wanted(Optional<String> metric, Optional<String> goal, boolean yes, boolean prediction) {}

    /** Writes the task file, if it is accepted; gives the exit code. */
    int write(Path task, boolean replaces) throws InterruptedException {
        TaskDraft asked = suggestion("", Described.NOTHING).draft(new LinkedHashMap<>());
        if (asked.isEmpty()) {
            throw new BadInput("--describe leaves nothing to tune:\n  " + String.join("\n  ", asked.left()));
        }
        Optional<Suggestion> composed = compose();
        if (composed.isEmpty()) {
            return End.MODEL_REFUSED.exitCode();
        }
        Suggestion suggestion = composed.get();
        suggestion.unheeded().forEach(words -> console.err().println("Of your words, " + words + "."));
        suggestion
                .unclear()
                .forEach(words -> console.err()
                        .println("Not understood without a model: \"" + words + "\". See to it in the table."));
        DraftFile file = new DraftFile(console, task);
        Optional<String> accepted =
                wanted.yes() ? Optional.of(unreviewed(suggestion)) : new Approval(console, suggestion, file).ask();
        if (accepted.isEmpty()) {
            console.err().println("Nothing was written.");
            return 0;
        }
        Spec spec = file.read(accepted.get());
        file.write(accepted.get(), replaces);
        int size = spec.space().size();
        console.out()
                .println("Wrote " + console.directory().relativize(task) + " with " + size
                        + (size == 1 ? " parameter." : " parameters."));
        if (wanted.prediction() && adviser.isPresent() && !suggestion.author().isEmpty()) {
            predict(adviser.get(), spec, task);
        }
        console.err()
                .println((wanted.yes() ? "Look it over, then: chiron run " : "Now: chiron run ")
                        + console.directory().relativize(task));
        return 0;
    }

    /** Empty if the model refused the key or the name. */
    private Optional<Suggestion> compose() throws InterruptedException {
        if (adviser.isEmpty()) {
            console.err()
                    .println("No language model is asked (--llm MODEL asks one): the task is your words and cards, the "
                            + "ranges are those that names and values suggest.");
            return Optional.of(suggestion("", Described.NOTHING));
        }
        String model = adviser.get().name();
        console.err().println("Asking " + model + " for the task ...");
        Asking.Given<Described> given = adviser.get().described(request, script, source, facts);
        if (given.refused()) {
            console.err().println("chiron: " + model + ": " + given.why());
            return Optional.empty();
        }
        if (given.found().isEmpty()) {
            console.err()
                    .println(
                            model + " " + given.why() + ". The task is your words and cards, the ranges are those that "
                                    + "names and values suggest.");
            return Optional.of(suggestion("", Described.NOTHING));
        }
        Described described = given.found().get();
        Suggestion suggestion = suggestion(given.author(), described);
        suggestion.problems().forEach(problem -> console.err().println("Not taken from " + model + ": " + problem));
        if (suggestion.tunesNothing()) {
            console.err().println(model + " would tune nothing. The ranges are those that names and values suggest.");
        }
        return Optional.of(suggestion);
    }

    private Suggestion suggestion(String author, Described described) {
        return new Suggestion(request, script, source, author, described, wanted.metric(), wanted.goal());
    }

    private String unreviewed(Suggestion suggestion) {
        new SuggestionText(suggestion).lines(new LinkedHashMap<>()).forEach(console.out()::println);
        return suggestion
                .draft(new LinkedHashMap<>())
                .text(
                        suggestion.head(
                                List.of(
                                        SuggestionText.origin(suggestion),
                                        "NOT REVIEWED: nobody has looked it over yet. Check task, metric, time and ranges, then: chiron run")));
    }

    /** What it foretells is kept beside the task; without it the task is none the worse. */
    private void predict(Adviser asked, Spec spec, Path task) throws InterruptedException {
        console.err().println("Asking " + asked.name() + " which training log it expects ...");
        Asking.Given<PredictedLog> given =
                asked.predicted(spec, Texts.time(spec.limits().time()), source);
        if (given.found().isEmpty()) {
            console.err().println(asked.name() + " " + given.why() + ". Nothing is foretold.");
            return;
        }
        Path file = Prediction.beside(task);
        PredictedLog log = given.found().get();
        new Prediction(TaskFile.foretold(spec), given.author(), log).write(file);
        console.err()
                .println(asked.name() + " expects " + spec.objective().metric() + " " + Texts.value(log.last()) + " ("
                        + Texts.value(log.low()) + " to " + Texts.value(log.high()) + ") of the start; kept in "
                        + console.directory().relativize(file) + ", and scored when that has run (chiron show 0).");
    }
}
