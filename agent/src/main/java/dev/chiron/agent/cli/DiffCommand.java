package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.sandbox.branch.UnifiedDiff;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron diff [N]}: what a trial changed of the script. */
@Command(
        name = "diff",
        description = "What a trial changed of the script, as a unified diff that git apply and patch -p1 read.",
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "N",
            description = "the trial's number (default: the best so far)")
    private Optional<Integer> number = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "M",
            description = "against trial M instead of the script that the study began with")
    private Optional<Integer> from = Optional.empty();

    @Option(names = "--parent", description = "against the version that its edit was made of")
    private boolean parent;

    @Mixin
    private StudyOption study = new StudyOption();

    DiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        if (parent && from.isPresent()) {
            throw new BadInput("--from and --parent: give one of them");
        }
        OptionalInt chosen = view.chosen(number);
        if (chosen.isEmpty()) {
            console.err().println("chiron: " + view.withoutIncumbent());
            return End.NOTHING_MEASURED.exitCode();
        }
        Trial trial = view.entry(chosen.getAsInt()).trial();
        print(trial, compared(view, trial));
        return 0;
    }

    /**
     * What is shown.
     *
     * @param against what the trial is held against, for people
     */
    private record Compared(String against, String diff, Config passed) {}

    private Compared compared(StudyView view, Trial trial) {
        StudyScript script = StudyScript.read(view.spec(), view.folder());
        String after = script.text(trial.change());
        Config passed = script.passed(trial.config());
        String path = view.spec().script();
        if (from.isPresent()) {
            Change other = view.entry(from.get()).trial().change();
            return new Compared("trial " + from.get(), UnifiedDiff.of(path, script.text(other), after), passed);
        }
        Optional<Variant> edited = parent ? trial.change().variant() : Optional.empty();
        if (edited.isPresent()) {
            Variant made = view.variant(edited.get().parent(), script);
            String before = script.text(made.text(), trial.config());
            return new Compared("the version it was made of", UnifiedDiff.of(path, before, after), passed);
        }
        return new Compared("the study's own script", UnifiedDiff.of(path, script.text(), after), passed);
    }

    private void print(Trial trial, Compared compared) {
        if (study.json()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("v", 1).put("event", "diff").put("trial", trial.number());
            line.put("against", compared.against()).put("diff", compared.diff());
            line.set("passed", EntryJson.config(compared.passed()));
            console.out().println(line);
            return;
        }
        console.err()
                .println("Trial " + trial.number() + " by " + trial.origin().label() + ", against " + compared.against()
                        + (compared.diff().isEmpty() ? ": the script is the same" : ""));
        if (!compared.passed().values().isEmpty()) {
            console.err().println("Passed to it: " + String.join(", ", Texts.assignments(compared.passed())));
        }
        console.err().flush();
        DiffText.print(console, compared.diff());
    }
}
