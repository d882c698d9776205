package dev.chiron.agent.report;

import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Versions;
import dev.chiron.agent.view.StudyView;
import dev.chiron.agent.view.Texts;
import dev.chiron.optimizers.study.PlainText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a study found, for people who have never seen Chiron: the result against the baseline, what mattered, what failed, who found what, what it
 * cost, how to get it again. All of it follows from the study's folder, so that the same study gives the same report, byte for byte.
 */
public final class StudyReport {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ROOT);

    private final Subject subject;
    private final UnaryOperator<String> mask;

    /** For whom a report is. */
    public enum Reader {
        /** Somebody who looks at results. */
        PERSON,
        /** Who goes on proposing, and so must not see what the hold-out said. */
        PROPOSER
    }

    /**
     * A report on a study as it was read.
     *
     * @param mask takes out of texts what nobody is to see, such as keys
     */
    public StudyReport(StudyView view, Reader reader, Versions maker, UnaryOperator<String> mask) {
        boolean running = StudyFolder.writer(view.folder()).isPresent();
        this.subject = new Subject(view, view.spec(), reader, maker, running);
        this.mask = mask;
    }

    /** What it is about, in a few words. */
    public String title() {
        return PlainText.line(
                Texts.metrics(subject.objective()) + " of " + subject.spec().script());
    }

    /** As Markdown, in one text without pictures beside it. */
    public String markdown() {
        return new MarkdownPage(mask).of(this);
    }

    /** As a page that needs nothing but itself: no script, nothing from outside. */
    public String html() {
        return new HtmlPage(mask, false).of(this);
    }

    /** The same for paper: nothing on it is folded. */
    public String htmlForPaper() {
        return new HtmlPage(mask, true).of(this);
    }

    /** What the training does, in the person's own words; may be empty. */
    String task() {
        return PlainText.line(subject.spec().task());
    }

    /** What was done, in a sentence. */
    Words about() {
        Spec spec = subject.spec();
        String parameters = Subject.count(spec.space().size(), "parameter");
        int trials = subject.trials().size();
        boolean edited = subject.trials().stream()
                .anyMatch(trial -> trial.change().variant().isPresent());
        return Words.of(
                "Chiron {} `{}` {}with other values of its {}{} to {}.",
                trials == 0 ? "is to run" : "ran",
                spec.script(),
                trials == 0 ? "again and again " : trials == 1 ? "once, to run it again " : trials + " times ",
                parameters,
                edited ? ", and with edits of its code," : "",
                Texts.goals(subject.objective()));
    }

    /** Which study, and when. */
    String when() {
        List<Instant> ends = subject.view().ends();
        return "Study " + subject.name()
                + (ends.isEmpty() ? "" : " · last trial " + minute(ends.get(ends.size() - 1)) + " UTC")
                + " · Chiron " + subject.maker().chiron();
    }

    private static String minute(Instant instant) {
        return MINUTE.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Those that have something to say, in order. */
    List<Section> sections() {
        return Stream.of(
                        ResultChapter.of(subject),
                        ChangeChapter.of(subject),
                        ChangeChapter.diff(subject),
                        CourseChapter.of(subject),
                        MattersChapter.of(subject),
                        FailuresChapter.of(subject),
                        FindersChapter.of(subject),
                        CostChapter.of(subject),
                        ReproduceChapter.of(subject),
                        GlossaryChapter.of(subject))
                .filter(section -> !section.isEmpty())
                .toList();
    }
}
