package dev.chiron.evals.report;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.compare.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/** A report on runs: its sections, each made by a chapter. */
public final class Report {

    private final Field field;
    private final Source source;
    private final List<String> only;

    /**
     * What a report is of.
     *
     * @param files their names, with how many runs each has
     * @param command what makes the whole report, as a user types it
     * @param version of Chiron
     */
    public record Source(List<String> files, String command, String version) {
        /** Makes the list unchangeable. */
        public Source {
            files = List.copyOf(files);
        }
    }

    /**
     * Brings the runs together.
     *
     * @param at after how many trials runs are compared; empty for as many as every method of a task has
     * @param only the sections wanted; empty for all
     * @throws BadInput if there are no runs, they contradict each other, or there is no such section
     */
    public Report(List<Run> runs, Source source, OptionalInt at, List<String> only) {
        if (runs.isEmpty()) {
            throw new BadInput("there are no runs in " + String.join(", ", source.files())
                    + "; make some: chiron evals run --task sphere --method tpe,random --seeds 10 --out runs.jsonl");
        }
        List<String> known = sections();
        only.stream().filter(id -> !known.contains(id)).findFirst().ifPresent(id -> {
            throw new BadInput("--only " + id + ": none of " + String.join(", ", known));
        });
        this.field = new Field(runs, at);
        this.source = source;
        this.only = List.copyOf(only);
    }

    private static Map<String, Function<Field, Section>> chapters() {
        Map<String, Function<Field, Section>> chapters = new LinkedHashMap<>();
        chapters.put(SummaryChapter.ID, SummaryChapter::of);
        chapters.put(FinalsChapter.ID, FinalsChapter::of);
        chapters.put(CurvesChapter.ID, CurvesChapter::of);
        chapters.put(RanksChapter.OVER_TIME, RanksChapter::overTime);
        chapters.put(RanksChapter.CRITICAL, RanksChapter::critical);
        chapters.put(TestsChapter.ID, TestsChapter::of);
        chapters.put(FailuresChapter.ID, FailuresChapter::of);
        chapters.put(DiversityChapter.ID, DiversityChapter::of);
        chapters.put(OriginsChapter.FOUND, OriginsChapter::found);
        chapters.put(OriginsChapter.COST, OriginsChapter::cost);
        chapters.put(ForecastsChapter.ID, ForecastsChapter::of);
        chapters.put(PublishedChapter.ID, PublishedChapter::of);
        chapters.put(AblationsChapter.SHARE, AblationsChapter::share);
        chapters.put(AblationsChapter.SIZE, AblationsChapter::size);
        chapters.put(AblationsChapter.PROMPT, AblationsChapter::prompt);
        return chapters;
    }

    /** What {@code --only} knows. */
    public static List<String> sections() {
        return List.copyOf(chapters().keySet());
    }

    /** What of the runs was there more than once, and which of them counts. */
    public List<String> notes() {
        return field.notes();
    }

    Source source() {
        return source;
    }

    /** What the report is of, in a sentence. */
    String about() {
        return field.runs() + (field.runs() == 1 ? " run" : " runs") + " of " + String.join(", ", source.files())
                + "; Chiron " + source.version() + ".";
    }

    /** The command that makes a section alone. */
    String command(Section section) {
        return source.command() + " --only " + section.id();
    }

    /** What is published is of a few tasks alone. */
    private boolean isUsual(String section) {
        return !section.equals(PublishedChapter.ID) || PublishedChapter.isOf(field);
    }

    List<Section> written() {
        return chapters().entrySet().stream()
                .filter(chapter -> only.isEmpty() ? isUsual(chapter.getKey()) : only.contains(chapter.getKey()))
                .map(chapter -> chapter.getValue().apply(field))
                .toList();
    }
}
