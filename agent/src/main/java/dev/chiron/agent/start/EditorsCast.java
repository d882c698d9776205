package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Bandit;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.Turns;
import dev.chiron.agent.code.Ablation;
import dev.chiron.agent.code.CentaurCodeProposer;
import dev.chiron.agent.code.CodeProposer;
import dev.chiron.agent.code.Editor;
import dev.chiron.agent.code.Tuners;
import dev.chiron.agent.code.Workbench;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Unused;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import dev.chiron.prompts.describe.CodePrompt;
import dev.chiron.prompts.describe.EditForm;
import dev.chiron.sandbox.run.LocalRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The cast of a study in which models edit the script. */
record EditorsCast(Surroundings surroundings, Roster roster, StudyFolder study, LocalRunner runner) implements Casting {

    /** Turns in a row without an edit that can be run. */
    private static final int TURNS = 4;

    /** Whether a task's method edits the script. */
    static boolean isFor(Spec spec) {
        return List.of(Method.CODE.label(), Method.CENTAUR_CODE.label()).contains(spec.method());
    }

    /**
     * Refuses what edits of a script cannot be had from.
     *
     * @throws BadInput if a setting does not go with them
     */
    static void check(Spec spec) {
        boolean asks = spec.method().equals(Method.CODE.label());
        List<String> models = spec.llm().models();
        boolean none = models.equals(List.of("none")) || models.equals(List.of(Partner.Perturb.NAME));
        if ((asks && none) || models.contains("builtin")) {
            throw new BadInput("llm.model: the method " + spec.method()
                    + " needs a language model that writes code, and " + "llm.model is "
                    + spec.llm().model() + "; name one with --llm, such as --llm ollama:qwen3-coder:30b"
                    + (asks
                            ? "; without a model the method centaur-code takes edits from an agent over chiron mcp"
                            : ""));
        }
        if (!spec.from().sources().isEmpty()) {
            throw new BadInput(
                    "from.sources (--from): earlier results are of another script once this one is edited, so the "
                            + "method " + spec.method() + " takes none; leave them out");
        }
        if (spec.llm().asking().warmStart() > 0) {
            throw new BadInput("llm.warm_start (--warm-start): the method " + spec.method()
                    + " has no first configs to ask for; set it to 0");
        }
        if (spec.readonly().contains(spec.script())) {
            throw new BadInput("readonly: " + spec.script() + " is the script that the method " + spec.method()
                    + " edits; take it out of the list");
        }
        try {
            new EditRules(spec, Variant.root(Files.readString(spec.folder().resolve(spec.script())))).guards();
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new BadInput("script: " + spec.script() + " cannot be read as UTF-8 text, so it cannot be edited", e);
        }
    }

    /** What is said of it. The journal and what was answered is all that it goes on from. */
    Cast open(Course begun) {
        Spec spec = begun.spec();
        Panel panel = panel(spec);
        boolean tunes = spec.method().equals(Method.CENTAUR_CODE.label());
        Turns turns = tunes ? turns(spec, panel) : new FixedTurns(1, 1);
        History history =
                new History(spec.objective(), spec.evidence(), study.imported().earlier());
        study.recording().entries().forEach(entry -> history.add(entry.trial()));
        Variant root = root(spec);
        String script = history.incumbent()
                .map(Trial::change)
                .flatMap(Change::variant)
                .orElse(root)
                .text();
        String prompt =
                prompts(spec, root).render(script, history, EditForm.BLOCKS).text();
        List<List<String>> asked =
                panel.members().stream().map(member -> List.of(prompt)).toList();
        return new Cast(
                new SteeredProposer(this, begun, Optional.empty()),
                0,
                spec.method(),
                spec.optimizer(),
                panel.label(),
                new Outlook(surroundings, spec, spec.described(), turns, roster.purse())
                        .estimate(panel.members(), asked, history, study));
    }

    private Variant root(Spec spec) {
        return Variant.root(study.script(spec.folder().resolve(spec.script())));
    }

    private static CodePrompt prompts(Spec spec, Variant root) {
        EditRules rules = new EditRules(spec, root);
        return new CodePrompt(spec.described(), spec.script(), rules.measured(), rules.words());
    }

    @Override
    public Proposer begin(Course course, Optional<StudyFolder.Saved> saved) {
        Spec spec = course.spec();
        Variant root = root(spec);
        Workbench bench = new Workbench(
                spec.script(),
                root,
                spec.space(),
                spec.holes(),
                new EditRules(spec, root).guards(),
                change -> runner.syntax(change, study.workspace()));
        Panel panel = panel(spec);
        Editor editor = new Editor(panel, bench, prompts(spec, root));
        Ablation ablation = new Ablation(bench, spec.edits().ablation());
        if (!spec.method().equals(Method.CENTAUR_CODE.label())) {
            return new CodeProposer(editor, ablation, TURNS + spent(study));
        }
        Method optimizer = Method.labelled(spec.optimizer()).orElseThrow();
        return new CentaurCodeProposer(
                editor,
                new Tuners(bench, optimizer, spec.priors(), spec.objective(), spec.seed()),
                ablation,
                turns(spec, panel),
                spec.llm().required());
    }

    /** When models edit; never where there is none and an agent alone edits. */
    private Turns turns(Spec spec, Panel panel) {
        return panel.members().isEmpty() ? new FixedTurns(0, 1) : new Lineup(surroundings, spec).turns();
    }

    @Override
    public Proposer go(Left left, Course now, List<Trial> seen, int trials) {
        return begin(now, Optional.empty());
    }

    @Override
    public boolean remembers() {
        return false;
    }

    @Override
    public void check(Course before, Course now) {
        roster.check(now.spec());
    }

    private Panel panel(Spec spec) {
        List<Panel.Member> members = roster.members(spec);
        if (members.isEmpty()) {
            return Panel.empty();
        }
        List<String> names = members.stream().map(Panel.Member::name).toList();
        Bandit bandit = new Bandit(names, spec.llm().asking().trialUsd(), spec.seed());
        return new Panel(members, bandit, Language.asked(surroundings, spec.llm()));
    }

    /** How many turns for the next trial have brought nothing in earlier sessions. */
    private static int spent(StudyFolder study) {
        String key =
                String.format(Locale.ROOT, "%04d", study.recording().entries().size());
        return (int) study.unused().stream()
                .map(Unused::key)
                .filter(turn -> turn.equals(key) || turn.startsWith(key + "."))
                .count();
    }
}
