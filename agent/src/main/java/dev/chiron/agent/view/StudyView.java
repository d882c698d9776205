package dev.chiron.agent.view;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.branch.StudyScript;
import dev.chiron.agent.spec.FrozenSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.Course;
import dev.chiron.agent.store.Attempt;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Proposed;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.Steering;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.TrialFolder;
import dev.chiron.agent.store.Unused;
import dev.chiron.agent.store.Versions;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.optimizers.study.Variant;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A study as it lies on disk, for the commands that read one; may be running meanwhile.
 *
 * @param entries the trials in the order in which they ended
 * @param begun the space as it was when the study began
 * @param now the space as it was steered since, and the trials there
 * @param wishes what trials were wished for, by their numbers
 * @param unused what models answered on turns that are in no trial
 * @param ends when each of the entries ended
 * @param pending the trials that were proposed while others ran and that have not ended
 * @param history all trials as they were run, whatever was searched then
 * @param attempts the runs that came to no trial
 * @param versions with what the trials were run
 * @param steered what was steered and holds, in lines for people; none if nothing was
 */
public record StudyView(
        Path folder,
        StudyCard card,
        SearchSpace begun,
        Searched now,
        List<Entry> entries,
        Map<Integer, Steering.Wish> wishes,
        List<Unused> unused,
        List<Instant> ends,
        List<Proposed> pending,
        History history,
        List<Attempt> attempts,
        List<Versions.Since> versions,
        List<String> steered) {

    /** One of which no trial is pending, and nothing is known but its trials. */
    public StudyView(
            Path folder,
            StudyCard card,
            SearchSpace begun,
            Searched now,
            List<Entry> entries,
            Map<Integer, Steering.Wish> wishes,
            List<Unused> unused,
            List<Instant> ends,
            History history) {
        this(
                folder, card, begun, now, entries, wishes, unused, ends, List.of(), history, List.of(), List.of(),
                List.of());
    }

    /**
     * Reads a study.
     *
     * @param study its folder as the user names it
     * @throws BadInput if there is none
     */
    public static StudyView read(Path folder, String study) {
        Recording recording = Recording.read(folder)
                .orElseThrow(() -> new BadInput(
                        "no study in " + study + ": start one with `chiron run`, or name its folder with --study"));
        Spec spec = FrozenSpec.read(folder.resolve("study.yaml"));
        History history = new History(
                spec.objective(), spec.evidence(), recording.imported().earlier());
        recording.entries().forEach(entry -> history.add(entry.trial()));
        return of(folder, study, spec, recording, history);
    }

    /**
     * A study that was read.
     *
     * @param study its folder as the user names it
     * @param spec the recording's
     * @param history of the recording's trials
     */
    public static StudyView of(Path folder, String study, Spec spec, Recording recording, History history) {
        Course course = Course.of(folder, spec, recording);
        StudyCard card = new StudyCard(
                study,
                spec.objective(),
                spec.method(),
                spec.optimizer(),
                spec.llm().model(),
                spec.seed(),
                spec.budget().trials());
        return new StudyView(
                folder,
                card,
                spec.space(),
                new Searched(course.space().space(), course.seen(history)),
                recording.entries(),
                recording.wishes(),
                recording.unused(),
                recording.ends(),
                recording.pending(),
                history,
                recording.attempts(),
                recording.versions(),
                course.lines());
    }

    /**
     * The entry of a trial.
     *
     * @throws BadInput if the study has no such trial
     */
    public Entry entry(int number) {
        return entries.stream()
                .filter(entry -> entry.trial().number() == number)
                .findFirst()
                .orElseThrow(() -> new BadInput("no trial " + number + " in " + card.folder() + ": it has "
                        + (entries.isEmpty()
                                ? "no trials yet"
                                : "trials 0 to "
                                        + entries.stream()
                                                .mapToInt(entry -> entry.trial().number())
                                                .max()
                                                .orElse(0)
                                        + (pending.isEmpty() ? "" : ", and " + pending.size() + " have not ended"))));
    }

    /** The entries by their trials' numbers. */
    public List<Entry> byNumber() {
        return entries.stream()
                .sorted(Comparator.comparingInt(entry -> entry.trial().number()))
                .toList();
    }

    /** Who wished for a trial and why; empty where it was nobody's wish. */
    public Optional<Steering.Wish> wish(int number) {
        return Optional.ofNullable(wishes.get(number));
    }

    /** Why there is no incumbent, for a study that has none. */
    public String withoutIncumbent() {
        if (history.trials().stream().anyMatch(trial -> trial.outcome() instanceof Outcome.Infeasible)) {
            return "no trial in " + card.folder() + " keeps the conditions on metrics (feasible:) yet";
        }
        return "nothing was measured in " + card.folder() + " yet";
    }

    /** The number that was asked for, or the incumbent's; empty if nothing was measured. */
    public OptionalInt chosen(Optional<Integer> number) {
        return number.or(() -> history.incumbent().map(Trial::number)).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
    }

    /**
     * The number that was asked for, or the incumbent's as the version to keep; empty if nothing was measured.
     *
     * @throws BadInput if none was asked for and there are several objectives, of which only a person can say what counts more
     */
    public OptionalInt kept(Optional<Integer> number) {
        if (number.isEmpty() && card.objective().isSeveral() && history.front().size() > 1) {
            throw new BadInput("this study has " + history.front().size()
                    + " best trials, each better in something: say which, one of " + FrontText.numbers(history)
                    + " (`chiron best` shows them)");
        }
        return chosen(number);
    }

    /**
     * The version of the script of that id, which some trial ran or the study began with.
     *
     * @throws BadInput if the journal has no trial of it
     */
    public Variant variant(String id, StudyScript script) {
        Variant root = Variant.root(script.text());
        return Stream.concat(
                        Stream.of(root), entries.stream().flatMap(entry -> entry.trial().change().variant().stream()))
                .filter(variant -> variant.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new BadInput("no trial of " + card.folder() + " ran the version " + id));
    }

    /** Its task as it was when it was started. */
    public Spec spec() {
        return FrozenSpec.read(folder.resolve("study.yaml"));
    }

    /** What is kept of a trial beside the journal. */
    public TrialFolder trialFolder(int number) {
        return new TrialFolder(StudyFolder.trialFolder(folder, number));
    }
}
