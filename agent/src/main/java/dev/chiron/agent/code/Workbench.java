package dev.chiron.agent.code;

import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Patch;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.describe.HiddenTexts;
import dev.chiron.sandbox.edit.Guards;
import dev.chiron.sandbox.edit.Ideas;
import dev.chiron.sandbox.edit.PatchedScript;
import dev.chiron.sandbox.edit.Similar;
import dev.chiron.sandbox.source.Constant;
import dev.chiron.sandbox.source.Source;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where edits are made and looked over before one is run: applied, guarded, compared with what was tried, compiled. */
public final class Workbench {

    private final String script;
    private final Variant root;
    private final SearchSpace space;
    private final Set<String> holes;
    private final Guards guards;
    private final Compiler compiler;
    private final Ideas ideas;

    /**
     * A workbench for one study.
     *
     * @param script the script's name
     * @param root its text when the study began
     * @param holes the parameters that come in through the command line or the environment
     */
    public Workbench(
            String script, Variant root, SearchSpace space, Set<String> holes, Guards guards, Compiler compiler) {
        this.script = script;
        this.root = root;
        this.space = space;
        this.holes = new LinkedHashSet<>(holes);
        this.guards = guards;
        this.compiler = compiler;
        this.ideas = new Ideas(script);
    }

    /** The version of the script that a change runs, whatever its numbers. */
    Variant variant(Change change) {
        return change.variant().orElse(root);
    }

    /** The script as a change runs it, its numbers included. */
    String text(Change change) {
        Source source = Source.of(script, variant(change).text());
        Map<String, Value> constants = new LinkedHashMap<>();
        ProgressSchedule.inScript(change.config()).values().forEach((name, value) -> {
            if (!holes.contains(name) && source.find(name).isPresent()) {
                constants.put(name, value);
            }
        });
        return source.with(constants);
    }

    /**
     * Makes an edit of what a change runs.
     *
     * @param from what is edited
     */
    Draft draft(Change from, Patch patch, String idea) throws InterruptedException {
        return draft(from, text(from), patch, idea);
    }

    /**
     * Mends an edit.
     *
     * @param from what was edited
     * @param broken what came of it
     */
    Draft mend(Change from, Change.Edit broken, Patch patch) throws InterruptedException {
        return draft(from, broken.script().text(), patch, broken.script().idea());
    }

    private Draft draft(Change from, String text, Patch patch, String idea) throws InterruptedException {
        PatchedScript patched = PatchedScript.of(script, text, restored(patch, new HiddenTexts(text)));
        if (patched instanceof PatchedScript.Rejected rejected) {
            return new Draft.Refused(rejected.reason(), true);
        }
        String edited = ((PatchedScript.Applied) patched).text();
        String before = text(from);
        if (HiddenTexts.isLeft(before, edited)) {
            return new Draft.Refused(
                    "the edited script would have (hidden) where it has a text that you were not shown: leave such lines out",
                    false);
        }
        if (ideas.isNothing(before, edited)) {
            return new Draft.Refused("the edit changes nothing but comments and blank lines", false);
        }
        Optional<String> refusal = guards.refusal(before, edited)
                .or(() -> ideas.similar(before, edited).map(Workbench::tried));
        if (refusal.isPresent()) {
            return new Draft.Refused(refusal.get(), false);
        }
        Change.Edit change =
                new Change.Edit(config(edited, from.config()), variant(from).edited(edited, idea));
        Optional<String> broken = broken(change.config());
        if (broken.isPresent()) {
            return new Draft.Refused("the edited script breaks the constraint " + broken.get(), false);
        }
        return compiler.complaint(change)
                .<Draft>map(complaint -> new Draft.Refused("the edited script does not compile: " + complaint, false))
                .orElseGet(() -> new Draft.Ready(change));
    }

    /** The patch with what the prompt hid where the model copied it. */
    private static Patch restored(Patch patch, HiddenTexts hidden) {
        if (patch instanceof Patch.Blocks blocks) {
            return new Patch.Blocks(blocks.blocks().stream()
                    .map(block -> new Patch.Block(hidden.restored(block.search()), hidden.restored(block.replace())))
                    .toList());
        } else if (patch instanceof Patch.Definitions definitions) {
            return new Patch.Definitions(
                    definitions.definitions().stream().map(hidden::restored).toList());
        } else if (patch instanceof Patch.WholeFile file) {
            return new Patch.WholeFile(hidden.restored(file.text()));
        }
        throw new AssertionError(patch);
    }

    private static String tried(Similar similar) {
        return "trial " + similar.trial()
                + " tried nearly the same edit; its result is listed above. Try something else";
    }

    /** The first constraint that values break; one on what is gone is kept. */
    private Optional<String> broken(Config config) {
        return space.constraints().stream()
                .filter(constraint -> constraint.names().stream()
                        .allMatch(name -> config.find(name).isPresent()))
                .filter(constraint -> !constraint.holds(config))
                .map(Constraint::text)
                .findFirst();
    }

    /** The values that the edited script has now; what comes in from outside stays. */
    private Config config(String edited, Config before) {
        Source source = Source.of(script, edited);
        List<ProgressSchedule> schedules = space.schedules();
        Map<String, Value> values = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            String name = parameter.name();
            Optional<Value> value = holes.contains(ProgressSchedule.inScript(name))
                    ? before.find(name)
                    : ProgressSchedule.ofScript(
                            name, schedules, constant -> source.find(constant).map(Constant::value));
            value.ifPresent(found -> values.put(name, found));
        }
        return Config.of(values);
    }

    /** A version with the values that it has; those that come in from outside are another change's. */
    Change change(Variant variant, Change other) {
        return new Change.Edit(config(variant.text(), other.config()), variant);
    }

    /** What can be tuned of the version that a change runs; empty if nothing can. */
    Optional<Numbers> numbers(Change change) {
        return Numbers.of(
                space, Source.of(script, root.text()), holes, Source.of(script, text(change)), change.config());
    }

    /** Keeps in mind what a trial tried. */
    void remember(int trial, Change from, Change.Edit edit) {
        ideas.add(trial, text(from), edit.script().text());
    }
}
