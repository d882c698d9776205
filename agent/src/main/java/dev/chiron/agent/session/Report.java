package dev.chiron.agent.session;

import dev.chiron.agent.insight.StudyImportance;
import dev.chiron.agent.plot.Plot;
import dev.chiron.agent.plot.Size;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Summary;
import dev.chiron.agent.view.Texts;
import dev.chiron.agent.view.TrialLine;
import dev.chiron.optimizers.forest.Importance.Share;
import dev.chiron.optimizers.study.Trial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A short report of a study, in Markdown, with its history as a picture beside it. */
final class Report {

    private static final int BEST = 10;
    private static final String FENCE = "```";

    private final StudyView view;

    Report(StudyView view) {
        this.view = view;
    }

    /** Writes the report, and a picture of the same name if anything was measured. */
    void write(Path file) {
        List<String> lines = new ArrayList<>();
        lines.add("# " + Texts.metrics(view.card().objective()) + " of "
                + view.spec().script());
        lines.add("");
        if (!view.spec().task().isBlank()) {
            lines.add(view.spec().task().strip());
            lines.add("");
        }
        fenced(lines, Summary.lines(view.card(), view.entries(), view.unused(), view.history()));
        try {
            Optional<Trial> best = view.history().incumbent();
            if (best.isPresent()) {
                best(lines, best.get());
                picture(lines, file);
                importance(lines);
            }
            Files.writeString(file, String.join("\n", lines) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static void fenced(List<String> lines, List<String> block) {
        lines.add(FENCE);
        lines.addAll(block);
        lines.add(FENCE);
        lines.add("");
    }

    private void best(List<String> lines, Trial best) {
        lines.add("## The best");
        lines.add("");
        fenced(lines, Texts.assignments(best.config()));
        lines.add("## The " + BEST + " best trials");
        lines.add("");
        fenced(
                lines,
                view.history().best(BEST).stream()
                        .map(trial -> TrialLine.of(view.entry(trial.number()), view.history()))
                        .toList());
    }

    /** Where the picture of a report in that file lies: beside it. */
    static Path picture(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.md$", "") + "-history.png");
    }

    private void picture(List<String> lines, Path file) throws IOException {
        Path picture = picture(file);
        Path name = picture.getFileName();
        try {
            Files.write(picture, new Plot.Values().draw(view, Size.OF_FILE).png());
            lines.add("![the history of the study](" + name + ")");
        } catch (Picture.NoPng e) {
            lines.add("This Java cannot draw pictures.");
        }
        lines.add("");
    }

    private void importance(List<String> lines) {
        lines.add("## What the parameters explain (fANOVA)");
        lines.add("");
        StudyImportance.of(view.now().space(), view.now().history())
                .ifPresentOrElse(
                        known -> {
                            lines.add("Shares of the variance that each explains by itself; "
                                    + StudyImportance.caution(known) + ".");
                            lines.add("");
                            lines.add("| parameter | share | ± |");
                            lines.add("| --- | ---: | ---: |");
                            known.shares().stream()
                                    .sorted(Comparator.comparingDouble(Share::mean)
                                            .reversed())
                                    .forEach(share -> lines.add(String.format(
                                            Locale.ROOT,
                                            "| %s | %.0f %% | %.0f |",
                                            share.parameter(),
                                            100 * share.mean(),
                                            100 * share.sd())));
                        },
                        () -> lines.add(StudyImportance.tooFew(
                                view.now().space(), view.now().history())));
    }
}
