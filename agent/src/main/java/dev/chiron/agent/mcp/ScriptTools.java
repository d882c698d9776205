package dev.chiron.agent.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.branch.PersonsScript;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.branch.TrialMessage;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.view.RunLine;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.study.PlainText;
import dev.chiron.sandbox.branch.ThreeWay;
import dev.chiron.sandbox.branch.UnifiedDiff;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The tuned script: read, compared, and a result written into it. */
record ScriptTools(Desk desk) {

    List<Tool> tools() {
        return List.of(read(), diff(), keep(), undo());
    }

    private Tool read() {
        return new Tool(
                "read_script",
                "Read the tuned script",
                "The training script of a study: as it was when the study began, or as a trial ran it, with that trial's "
                        + "values and edits. Only this file can be read here.",
                Tool.Effect.READS,
                List.of(
                        Given.study(),
                        Given.trial("trial", "As this trial ran it; as the study began with it if left out.")),
                (arguments, caller) -> {
                    StudyView view = desk.view(arguments);
                    StudyScript script = StudyScript.read(view.spec(), view.folder());
                    OptionalInt trial = arguments.whole("trial");
                    return Answer.of(
                            trial.isPresent()
                                    ? script.text(
                                            view.entry(trial.getAsInt()).trial().change())
                                    : script.text());
                });
    }

    private Tool diff() {
        return new Tool(
                "diff",
                "What a trial changed",
                "What a trial changed of the script, as a unified diff against the script that the study began with, or "
                        + "against another trial. Values that reach the script through its command line are listed apart.",
                Tool.Effect.READS,
                List.of(
                        Given.study(),
                        Given.trial("trial", "The trial; the best so far if left out."),
                        Given.trial("from", "The trial to compare with; the study's own script if left out.")),
                (arguments, caller) -> Answer.of(diff(desk.view(arguments), arguments)));
    }

    private static String diff(StudyView view, Arguments arguments) {
        Entry entry = entry(view, arguments);
        StudyScript script = StudyScript.read(view.spec(), view.folder());
        OptionalInt from = arguments.whole("from");
        String before = from.isPresent()
                ? script.text(view.entry(from.getAsInt()).trial().change())
                : script.text();
        String diff = UnifiedDiff.of(
                view.spec().script(), before, script.text(entry.trial().change()));
        Config passed = script.passed(entry.trial().config());
        return "trial " + entry.trial().number() + " against "
                + (from.isPresent() ? "trial " + from.getAsInt() : "the study's own script")
                + (diff.isEmpty() ? ": the script is the same" : "") + "\n" + diff
                + (passed.values().isEmpty() ? "" : "\npassed to it: " + String.join(", ", Texts.assignments(passed)));
    }

    private static Entry entry(StudyView view, Arguments arguments) {
        Optional<Integer> asked = arguments.whole("trial").isPresent()
                ? Optional.of(arguments.whole("trial").getAsInt())
                : Optional.empty();
        OptionalInt chosen = view.chosen(asked);
        return view.entry(
                chosen.orElseThrow(() -> new BadInput("nothing was measured in this study yet: call `run_trial`")));
    }

    private Tool keep() {
        return new Tool(
                "keep",
                "Write a result into the user's script",
                "Writes the best trial, or the one named, into the user's own script: its values and its edits, with all "
                        + "that the user changed meanwhile. In a git repository the script alone is committed. `undo` takes it "
                        + "back. Call `diff` first and show it to your user; this changes a file of theirs.",
                Tool.Effect.OVERWRITES,
                List.of(
                        Given.study(),
                        Given.trial("trial", "The trial; the best so far if left out."),
                        Field.flag("no_commit", "true only writes the file, also where git has it.")),
                (arguments, caller) -> Answer.of(kept(desk.view(arguments), arguments)));
    }

    private ObjectNode kept(StudyView view, Arguments arguments) {
        Entry entry = entry(view, arguments);
        int number = entry.trial().number();
        if (entry.trial().value().isEmpty()) {
            throw new BadInput("trial " + number + " was not measured ("
                    + Texts.outcome(entry.trial().outcome()) + "): it is nothing to keep");
        }
        StudyFolder.requireIdle(view.folder());
        desk.fence().inside(view.spec().folder().resolve(view.spec().script()));
        StudyScript script = StudyScript.read(view.spec(), view.folder());
        PersonsScript target = new PersonsScript(
                view.spec(), view.folder(), desk.surroundings().environment());
        byte[] now = target.bytes();
        ThreeWay merged = target.with(script, entry.trial().change(), now);
        if (merged instanceof ThreeWay.Conflicting conflicting) {
            throw new BadInput(view.spec().script() + " was changed since the study began, in lines that the trial "
                    + "changed as well (line "
                    + conflicting.conflicts().get(0).line() + "): nothing was written");
        }
        String after = ((ThreeWay.Merged) merged).text();
        String diff = UnifiedDiff.of(
                view.spec().script(), StudyScript.decoded(now, view.spec().script()), after);
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("trial", number).put("changed", !diff.isEmpty()).put("diff", diff);
        if (!diff.isEmpty()) {
            Optional<String> message = arguments.flag("no_commit")
                    ? Optional.empty()
                    : Optional.of(new TrialMessage(view.spec(), view.folder()).text(entry, view.history()));
            PersonsScript.Written written = target.apply(
                    number,
                    now,
                    after.getBytes(StandardCharsets.UTF_8),
                    message,
                    desk.surroundings().clock().instant());
            written.commit().ifPresent(id -> object.put("commit", id));
            written.note().ifPresent(note -> object.put("note", note));
        }
        Config passed = script.passed(entry.trial().config());
        if (!passed.values().isEmpty()) {
            object.put("not_in_the_script_but_passed_to_it", String.join(", ", Texts.assignments(passed)));
            object.put("command", RunLine.of(view.spec(), entry.trial().config()));
        }
        return object;
    }

    private Tool undo() {
        return new Tool(
                "undo",
                "Take the last `keep` back",
                "Gives the user's script the bytes that it had before the last `keep` of this study; a commit that `keep` "
                        + "made is reverted by another one.",
                Tool.Effect.OVERWRITES,
                List.of(Given.study()),
                (arguments, caller) -> {
                    StudyView view = desk.view(arguments);
                    StudyFolder.requireIdle(view.folder());
                    PersonsScript script = new PersonsScript(
                            view.spec(), view.folder(), desk.surroundings().environment());
                    PersonsScript.Undone undone = script.undo(
                                    desk.surroundings().clock().instant())
                            .orElseThrow(() -> new BadInput("nothing of this study was kept, or it was taken back"));
                    List<String> lines = new ArrayList<>(List.of(view.spec().script() + " is as it was before trial "
                            + undone.trial() + " was written into it"));
                    undone.written().commit().ifPresent(id -> lines.add("commit " + id));
                    undone.written().note().ifPresent(note -> lines.add(PlainText.line(note)));
                    return Answer.of(lines);
                });
    }
}
