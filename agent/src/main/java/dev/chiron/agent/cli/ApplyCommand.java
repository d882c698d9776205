package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.End;
import dev.chiron.agent.branch.PersonsScript;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.branch.TrialMessage;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.EntryJson;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.RunLine;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrainingSchedule;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.sandbox.branch.ThreeWay;
import dev.chiron.sandbox.branch.ThreeWay.Conflict;
import dev.chiron.sandbox.branch.UnifiedDiff;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron apply [N]}: a trial's version into the person's script. */
@Command(
        name = "apply",
        description = "Writes the best version, or trial N's, into your script: its edits and its constants. Shows the "
                + "difference and asks first; `chiron undo` takes it back.",
        mixinStandardHelpOptions = true)
final class ApplyCommand implements Callable<Integer> {

    private static final int BAD_INPUT = 2;

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "N",
            description = "the trial's number (default: the best so far; needed where there are several objectives)")
    private Optional<Integer> number = Optional.empty();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(
            names = "--no-commit",
            description =
                    "only write the file, also where git has it (default: a commit of the script alone, no hooks)")
    private boolean noCommit;

    @Mixin
    private StudyOption study = new StudyOption();

    ApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        StudyView view = study.read(console);
        OptionalInt chosen = view.kept(number);
        if (chosen.isEmpty()) {
            console.err().println("chiron: " + view.withoutIncumbent());
            return End.NOTHING_MEASURED.exitCode();
        }
        Entry entry = view.entry(chosen.getAsInt());
        if (entry.trial().value().isEmpty()) {
            throw new BadInput("trial " + chosen.getAsInt() + " was not measured ("
                    + Texts.outcome(entry.trial().outcome()) + "): it is no version to keep");
        }
        StudyFolder.requireIdle(view.folder());
        StudyScript script = StudyScript.read(view.spec(), view.folder());
        PersonsScript target = new PersonsScript(view.spec(), view.folder(), console.environment());
        byte[] now = target.bytes();
        String before = StudyScript.decoded(now, view.spec().script());
        ThreeWay merged = target.with(script, entry.trial().change(), now);
        if (merged instanceof ThreeWay.Conflicting conflicting) {
            return refuse(view, conflicting.conflicts());
        }
        String after = ((ThreeWay.Merged) merged).text();
        Config passed = script.passed(entry.trial().config());
        if (after.equals(before)) {
            report(entry, "", new PersonsScript.Written(Optional.empty(), Optional.empty()), passed, view);
            return 0;
        }
        String diff = UnifiedDiff.of(view.spec().script(), before, after);
        if (!agreed(view, entry, diff)) {
            console.err().println("Nothing was written.");
            return 0;
        }
        Optional<String> message = noCommit
                ? Optional.empty()
                : Optional.of(new TrialMessage(view.spec(), view.folder()).text(entry, view.history()));
        PersonsScript.Written written = target.apply(
                entry.trial().number(),
                now,
                after.getBytes(StandardCharsets.UTF_8),
                message,
                console.clock().instant());
        report(entry, diff, written, passed, view);
        return 0;
    }

    private int refuse(StudyView view, List<Conflict> conflicts) {
        String script = view.spec().script();
        console.err()
                .println("chiron: " + script + " was changed since the study began, in lines that the trial changed as "
                        + "well: nothing was written. `chiron diff` shows the trial's changes; where they meet yours:");
        conflicts.forEach(conflict -> console.err()
                .println("  " + script + ":" + conflict.line() + ": yours is " + shown(conflict.ours())
                        + ", the trial's is " + shown(conflict.theirs())));
        return BAD_INPUT;
    }

    private static String shown(String lines) {
        String first = lines.lines().findFirst().map(String::strip).orElse("");
        long more = Math.max(0, lines.lines().count() - 1);
        return lines.isEmpty()
                ? "removed"
                : "`" + dev.chiron.optimizers.study.PlainText.line(first) + "`"
                        + (more > 0 ? " and " + more + " more" : "");
    }

    private boolean agreed(StudyView view, Entry entry, String diff) {
        if (!yes && (!console.terminal() || study.json())) {
            throw new BadInput("nobody can be asked here: look at `chiron diff "
                    + entry.trial().number() + "`, then give --yes to write it into "
                    + view.spec().script());
        }
        if (!study.json()) {
            DiffText.print(console, diff);
        }
        if (yes) {
            return true;
        }
        console.err()
                .print("Write trial " + entry.trial().number() + " into "
                        + view.spec().script() + "? [y/N] ");
        console.err().flush();
        try {
            String answer = new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new UncheckedIOException("the answer cannot be read: " + e.getMessage(), e);
        }
    }

    private void report(Entry entry, String diff, PersonsScript.Written written, Config passed, StudyView view) {
        if (study.json()) {
            ObjectNode line = JsonNodeFactory.instance.objectNode();
            line.put("v", 1).put("event", "apply").put("trial", entry.trial().number());
            line.put("changed", !diff.isEmpty()).put("diff", diff);
            written.commit().ifPresent(id -> line.put("commit", id));
            written.note().ifPresent(note -> line.put("note", note));
            line.set("passed", EntryJson.config(passed));
            if (!passed.values().isEmpty()) {
                line.put("run", RunLine.of(view.spec(), entry.trial().config()));
            }
            console.out().println(line);
            return;
        }
        console.err().println(written(entry, diff, written, passed, view));
        written.note().ifPresent(note -> console.err().println("Note: " + note));
        TrainingSchedule.warning(entry.trial(), view.history())
                .ifPresent(warning -> console.err().println("Note: its value " + warning + "."));
        if (!passed.values().isEmpty()) {
            console.err()
                    .println("Not in the script but passed to it: " + String.join(", ", Texts.assignments(passed))
                            + ". The command with them:");
            console.err().flush();
            console.out().println(RunLine.of(view.spec(), entry.trial().config()));
        }
    }

    private static String written(
            Entry entry, String diff, PersonsScript.Written written, Config passed, StudyView view) {
        String trial = " trial " + entry.trial().number();
        boolean nowhere = entry.trial().change().variant().isEmpty()
                && passed.equals(ProgressSchedule.inScript(entry.trial().config()));
        if (diff.isEmpty()) {
            return view.spec().script()
                    + (nowhere ? " stays as it is: nothing of" + trial + " stands in it" : " has" + trial + " already");
        }
        return view.spec().script() + " now has" + trial
                + written.commit().map(id -> ", commit " + id.substring(0, 10)).orElse("")
                + "; `chiron undo` takes it back";
    }
}
