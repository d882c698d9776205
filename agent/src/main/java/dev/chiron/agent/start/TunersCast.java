package dev.chiron.agent.start;

import dev.chiron.agent.Proposer;
import dev.chiron.agent.propose.ImportedProposer;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Opened;
import dev.chiron.agent.propose.OpenedProposer;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cast of a study that tunes numbers: an optimizer, alone or with models beside it. */
record TunersCast(Surroundings surroundings, Roster roster, StudyFolder study) implements Casting {

    /** What is said of it, and where it goes on from: what the study kept, if its optimizer can. */
    Cast open(Course begun) {
        Spec spec = begun.spec();
        Optional<StudyFolder.Saved> saved = study.saved(place -> told(at(begun, place), place))
                .filter(known -> resumed(at(begun, new Recording.Place(known.trials(), known.steerings())), known)
                        .isPresent());
        Lineup lineup = new Lineup(surroundings, spec);
        Team team = lineup.team(roster.members(spec), study);
        String turns =
                team.partner() instanceof Partner.Nobody ? team.optimizer().label() : spec.method();
        SteeredProposer proposer = new SteeredProposer(this, begun, saved);
        boolean isSteered = !study.recording().steerings().isEmpty();
        Outlook outlook = new Outlook(surroundings, spec, spec.described(), lineup.turns(), roster.purse());
        return new Cast(
                proposer,
                saved.map(StudyFolder.Saved::trials).orElse(0),
                turns,
                team.optimizer().label(),
                team.llm(),
                isSteered
                        ? Optional.empty()
                        : outlook.estimate(
                                team,
                                saved.flatMap(known -> resumed(begun, known)).orElseGet(() -> start(begun)),
                                study));
    }

    /** The course after so many steerings. */
    private Course at(Course begun, Recording.Place place) {
        Course course = begun;
        for (int i = 0; i < place.steerings(); i++) {
            course = course.with(study.recording().steerings().get(i));
        }
        return course;
    }

    /** What the optimizer of a course has been told of: what was before it, and the trials so far. */
    private List<Observation> told(Course course, Recording.Place place) {
        List<Trial> own = study.recording().entries().stream()
                .limit(place.trials())
                .map(entry -> entry.trial())
                .filter(trial -> !trial.origin().isCheck()) // of which no optimizer is told
                .flatMap(trial -> course.seen(trial).stream())
                .toList();
        return observations(earlier(course).inside(), own, course.spec().objective());
    }

    private static List<Observation> observations(List<Trial> before, List<Trial> own, Objective objective) {
        return Stream.concat(before.stream(), own.stream())
                .flatMap(trial -> Observation.of(trial, objective).stream())
                .toList();
    }

    /** The earlier results that lie in the space of a course. */
    private Earlier earlier(Course course) {
        return course.seen(study.imported().earlier());
    }

    private Method method(Spec spec) {
        return Method.labelled(spec.optimizer()).orElseThrow();
    }

    private Prior prior(Spec spec) {
        return method(spec).prior(spec.space(), spec.baseline(), spec.priors());
    }

    private Optional<Optimizer> resumed(Course course, StudyFolder.Saved saved) {
        Spec spec = course.spec();
        return method(spec).resume(spec.space(), prior(spec), saved.state());
    }

    private Optimizer start(Course course) {
        Spec spec = course.spec();
        List<Observation> before = observations(earlier(course).inside(), List.of(), spec.objective());
        return method(spec).start(spec.space(), prior(spec), spec.seed(), before);
    }

    @Override
    public Proposer begin(Course course, Optional<StudyFolder.Saved> saved) {
        Optimizer optimizer = saved.flatMap(known -> resumed(course, known)).orElseGet(() -> start(course));
        return proposer(course, optimizer, saved);
    }

    private Proposer proposer(Course course, Optimizer optimizer, Optional<StudyFolder.Saved> saved) {
        Spec spec = course.spec();
        Team team = new Lineup(surroundings, spec).team(roster.members(spec), study);
        Task task = spec.described();
        Proposer turns = ImportedProposer.before(
                team.proposer(optimizer, saved.flatMap(StudyFolder.Saved::ahead), task, spec.seed()),
                earlier(course),
                task);
        return looking(turns, course);
    }

    /** Looks first at what the last edit of the space has opened; edits between the same two trials are one. */
    private static Proposer looking(Proposer turns, Course course) {
        Course then = Course.of(course.begun(), course.constants(), course.overruled());
        SearchSpace before = then.space().space();
        SearchSpace now = before;
        int edited = 0;
        for (Taken taken : course.taken()) {
            then = then.with(taken);
            if (!then.space().space().equals(now)) {
                before = taken.trials() == edited ? before : now;
                edited = taken.trials();
                now = then.space().space();
            }
        }
        return OpenedProposer.before(turns, Opened.between(before, now), edited);
    }

    @Override
    public Proposer go(Left left, Course now, List<Trial> seen, int trials) {
        Optimizer optimizer =
                left.course().spec().space().equals(now.spec().space()) ? same(left) : moved(left, now, seen, trials);
        return proposer(now, optimizer, Optional.empty());
    }

    /** The optimizer as it was; a config that it suggested for a turn that will be another is not waited for. */
    private Optimizer same(Left left) {
        Spec spec = left.course().spec();
        Optimizer optimizer = left.state()
                .flatMap(state -> method(spec).resume(spec.space(), prior(spec), state))
                .orElseThrow();
        left.ahead().ifPresent(question -> optimizer.withdraw(question.suggestion()));
        return optimizer;
    }

    /** The optimizer in another space: with what it has learned if it can take that along, else told of the trials again. */
    private Optimizer moved(Left left, Course now, List<Trial> seen, int trials) {
        Spec spec = now.spec();
        Method method = method(spec);
        List<Trial> own =
                seen.stream().filter(trial -> !trial.origin().isCheck()).toList();
        long seed = new SplitMix(spec.seed() + trials).nextLong();
        return method.goOn(
                left.course().spec().space(),
                left.state(),
                spec.space(),
                prior(spec),
                observations(earlier(now).inside(), own, spec.objective()),
                seed); // else random search would begin again
    }

    @Override
    public boolean remembers() {
        return true;
    }

    @Override
    public void check(Course before, Course now) {
        roster.check(now.spec());
    }
}
