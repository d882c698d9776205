package dev.chiron.agent.report;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Tally;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.report.Block.Cell;
import dev.chiron.agent.report.Block.Column;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Versions;
import dev.chiron.agent.view.RunLine;
import dev.chiron.optimizers.study.Trial;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What it takes to get the same again. */
record ReproduceChapter(Subject subject) {

    static Section of(Subject subject) {
        Section section = new Section("reproduce", "How to reproduce it");
        if (subject.isForPeople()) {
            new ReproduceChapter(subject).written(section);
        }
        return section;
    }

    private void written(Section section) {
        Spec spec = subject.spec();
        subject.best().ifPresent(best -> {
            section.say(
                    "**The best alone:** {}where `{}` lies, run",
                    changes(best) ? "apply the change above, and " : "",
                    spec.script());
            section.add(new Block.Code("", "sh", RunLine.of(spec, best.config()) + "\n", false, ""));
        });
        section.say(
                "**The whole study:** put the task below into a file `chiron.yaml` beside `{}` as it was (SHA-256 under Versions), then:",
                spec.script());
        section.add(new Block.Code("", "sh", commands(), false, ""));
        section.add(new Block.Points(exactness()));
        section.add(new Block.Code("The task, complete, as chiron.yaml", "yaml", task(spec), true, "chiron.yaml"));
        steered(section);
        section.add(versions());
    }

    private boolean changes(Trial best) {
        try {
            return !ChangeChapter.of(subject, best).isEmpty();
        } catch (BadInput e) {
            return false; // as is said above
        }
    }

    private String commands() {
        Spec spec = subject.spec();
        boolean asked = isRecorded();
        return "chiron run chiron.yaml --study again"
                + (asked ? " --llm replay:" + subject.folder() + "/llm" : "")
                + (spec.crew().workers() > 1 ? " --deterministic" : "")
                + "\n";
    }

    /** Whether a language model answered, whose replies the study has kept. */
    private boolean isRecorded() {
        return Tally.of(subject.view().entries(), subject.view().unused())
                        .usage()
                        .tokens()
                > 0;
    }

    /** How far the same comes out again. */
    private List<Words> exactness() {
        Spec spec = subject.spec();
        List<Words> points = new ArrayList<>();
        points.add(Words.of(
                "Seed {}: with the same values from the script the same trials are proposed, one by one.",
                spec.seed()));
        if (isRecorded()) {
            points.add(Words.of(
                    "`replay:` answers with what the model said in this study, kept in its folder `llm`; without it the model "
                            + "is asked anew and may say something else."));
        }
        if (spec.crew().workers() > 1 && !spec.crew().deterministic()) {
            points.add(Words.of(
                    "{} trials ran at once and were told in the order in which they ended, which does not come again.",
                    spec.crew().workers()));
        }
        subject.history()
                .noise()
                .filter(noise -> noise.sd() > 0)
                .ifPresent(noise -> points.add(
                        Words.of("The script's values vary from run to run, so a second study goes another way.")));
        if (spec.env().keySet().stream().anyMatch(KeyMask::isSecret)) {
            points.add(Words.of("Values of variables (`env:`) whose names speak of keys are shown as `***`."));
        }
        if (!spec.from().sources().isEmpty()) {
            points.add(Words.of("The earlier results that it began with (`from:`) are needed as well."));
        }
        return points;
    }

    private static String task(Spec spec) {
        return FrozenSpec.task(spec, KeyMask::isSecret);
    }

    private void steered(Section section) {
        List<String> lines = subject.view().steered();
        if (!lines.isEmpty()) {
            section.warn(
                    "**Steered by hand** while it ran, which the task alone does not repeat (`chiron session` shows how).");
            section.add(new Block.Code("What was steered", "", String.join("\n", lines) + "\n", false, ""));
        }
    }

    private Block.Grid versions() {
        List<List<Cell>> rows = new ArrayList<>();
        List<Versions.Since> ran = subject.view().versions();
        for (Versions.Since since : ran) {
            String what =
                    ran.size() == 1 ? "the trials were run with" : "the trials from " + since.trials() + " on with";
            rows.add(List.of(Cell.of(what), Cell.of(text(since.versions()))));
        }
        rows.add(List.of(Cell.of("this report was written with"), Cell.of(text(subject.maker()))));
        rows.add(List.of(Cell.of("seed"), Cell.of(Long.toString(subject.spec().seed()))));
        rows.add(List.of(
                Cell.of("method"),
                Cell.of(subject.spec().method()
                        + (subject.spec().optimizer().equals(subject.spec().method())
                                ? ""
                                : " with " + subject.spec().optimizer()))));
        rows.add(
                List.of(Cell.of("language model"), Cell.of(subject.view().card().llm())));
        script().ifPresent(hash -> rows.add(List.of(
                Cell.of(Words.of("`{}` as it was, SHA-256", subject.spec().script())), Cell.code(hash))));
        subject.best()
                .map(Trial::number)
                .ifPresent(number -> rows.add(List.of(Cell.of("the best"), Cell.of("trial " + number))));
        return new Block.Grid(
                ran.isEmpty() ? "Versions; the study was begun before those that ran its trials were kept" : "Versions",
                List.of(Column.text("of"), Column.text("is")),
                rows);
    }

    private static String text(Versions versions) {
        return "Chiron " + versions.chiron() + ", Java " + versions.java();
    }

    private Optional<String> script() {
        try {
            byte[] bytes =
                    StudyScript.read(subject.spec(), subject.view().folder()).bytes();
            return Optional.of(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (BadInput e) {
            return Optional.empty(); // a study from before copies were kept
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
