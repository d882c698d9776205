package dev.chiron.agent.spec;

import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Scoring;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how what a trial saves is scored: {@code evaluate}, {@code holdout}, {@code artifacts} and {@code hidden}. */
final class ScoringReader {

    /** The key of the list of hidden paths. */
    static final String HIDDEN = "hidden";

    private static final String EXAMPLE = "[data/val.txt, data/test.txt]";
    private static final String REMEDY = "; give evaluate: or holdout:, such as evaluate: python3 prepare.py --score {"
            + Template.ARTIFACTS + "}, or remove it";

    private final Section root;
    private final Settings settings;
    private final List<String> parameters;

    /** @param parameters the names of the space, which the commands may have holes for */
    ScoringReader(Section root, Settings settings, List<String> parameters) {
        this.root = root;
        this.settings = settings;
        this.parameters = parameters;
    }

    /** What is written, of files that are there and a script that is known. */
    Scoring read(Project project, String script, List<String> readonly, MetricSource metric) {
        Scalar folder = settings.get(Key.ARTIFACTS);
        String artifacts = project.written(folder);
        List<String> hidden = new ArrayList<>();
        for (Scalar path : hidden()) {
            String checked = project.hidden(path);
            if (covers(checked, script)) {
                throw path.bad(path.shown() + " holds the script " + script + ", which every trial needs");
            }
            hidden.add(checked);
        }
        Scoring scoring = scoring(artifacts, hidden);
        requireScorer(scoring);
        if (scoring.isAsked()) {
            requireOwn(folder, artifacts, script, readonly, hidden);
            requireApart(artifacts, metric);
        }
        return scoring;
    }

    /** What was complete when it was written. */
    Scoring complete() {
        return scoring(
                settings.get(Key.ARTIFACTS).words(),
                hidden().stream().map(Scalar::words).toList());
    }

    private Scoring scoring(String artifacts, List<String> hidden) {
        return new Scoring(command(Key.EVALUATE), command(Key.HOLDOUT), artifacts, hidden);
    }

    /** Whether there is something to score what a trial saves. */
    boolean isAsked() {
        return !settings.get(Key.EVALUATE).isNone()
                || !settings.get(Key.HOLDOUT).isNone();
    }

    private Optional<String> command(Key key) {
        return settings.get(key).unlessNone(template -> Template.checked(template, holes()));
    }

    /** What a command line of the task may have holes for besides the script. */
    List<String> holes() {
        List<String> holes = new ArrayList<>(parameters);
        if (isAsked()) {
            if (parameters.contains(Template.ARTIFACTS)) {
                throw root.bad("a parameter cannot be called " + Template.ARTIFACTS
                        + " where evaluate: or holdout: is given; rename it");
            }
            holes.add(Template.ARTIFACTS);
        }
        return holes;
    }

    private List<Scalar> hidden() {
        return root.find(HIDDEN).map(entry -> entry.list(EXAMPLE)).orElse(List.of()).stream()
                .map(Entry::scalar)
                .toList();
    }

    private void requireScorer(Scoring scoring) {
        if (scoring.isAsked()) {
            return;
        }
        hidden().stream().findFirst().ifPresent(path -> {
            throw path.bad(path.shown() + " would be hidden from the trials with nobody to read it" + REMEDY);
        });
        settings.find(Key.ARTIFACTS).ifPresent(folder -> {
            throw folder.bad("nobody would read what trials save in " + folder.shown() + REMEDY);
        });
    }

    /** A trial begins with an empty folder there, so nothing that it needs may lie in it. */
    private static void requireOwn(
            Scalar folder, String artifacts, String script, List<String> readonly, List<String> hidden) {
        List<String> others = new ArrayList<>(List.of(script));
        others.addAll(readonly);
        others.addAll(hidden);
        for (String other : others) {
            if (covers(artifacts, other) || (!other.equals(script) && covers(other, artifacts))) {
                throw folder.bad("trials save what is scored in " + artifacts + ", which must be a folder of its own: "
                        + other + " is in its way");
            }
        }
    }

    /** The evaluator finds the artifacts as the trial left them: a number read from there would be the trial's own. */
    private void requireApart(String artifacts, MetricSource metric) {
        if (metric instanceof MetricSource.JsonFile json && covers(artifacts, json.file())) {
            throw root.bad("metric.from: " + json.file() + " lies in " + artifacts
                    + ", where trials write; let the evaluator write it elsewhere");
        }
    }

    private static boolean covers(String folder, String path) {
        return Path.of(path).normalize().startsWith(Path.of(folder).normalize());
    }
}
