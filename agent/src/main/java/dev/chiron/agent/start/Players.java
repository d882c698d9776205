package dev.chiron.agent.start;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.Proposer;
import dev.chiron.agent.propose.ImportedProposer;
import dev.chiron.agent.propose.Learner;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Opened;
import dev.chiron.agent.propose.OpenedProposer;
import dev.chiron.agent.propose.PopulationProposer;
import dev.chiron.agent.propose.ReplicaProposer;
import dev.chiron.agent.propose.RungProposer;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.PopulationSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Imported;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.Taken;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Trial;
import dev.chiron.prompts.describe.Task;
import dev.chiron.sandbox.run.Checkpoints;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who proposes in a study that tunes numbers: an optimizer, alone or with models beside it.
 *
 * @param members the models of a task
 * @param study the study's folder
 * @param imported the earlier results that the study began with
 */
record Players(Surroundings surroundings, Members members, Path study, Imported imported) implements Casting {

    private static List<Observation> observations(List<Trial> before, List<Trial> own, Objective objective) {
        return Stream.concat(before.stream(), own.stream())
                .flatMap(trial -> Observation.of(trial, objective).stream())
                .toList();
    }

    /** What an optimizer of a course is told of before the first trial, and then of these. */
    List<Observation> observations(Course course, List<Trial> own) {
        return observations(earlier(course).inside(), own, course.spec().objective());
    }

    /** The earlier results that lie in the space of a course. */
    private Earlier earlier(Course course) {
        return course.seen(imported.earlier());
    }

    private Method method(Spec spec) {
        return Method.labelled(spec.optimizer()).orElseThrow();
    }

    private Prior prior(Spec spec) {
        return method(spec).prior(spec.space(), spec.baseline(), spec.priors());
    }

    /** The optimizer of a course as it was kept; empty if it cannot go on from that. */
    Optional<Optimizer> resumed(Course course, StudyFolder.Saved saved) {
        Spec spec = course.spec();
        return Learner.of(spec).resume(spec.space(), prior(spec), saved.state());
    }

    /** The optimizer of a course at its beginning. */
    Optimizer start(Course course) {
        Spec spec = course.spec();
        List<Observation> before = observations(earlier(course).inside(), List.of(), spec.objective());
        return Learner.of(spec).start(spec.space(), prior(spec), spec.seed(), before);
    }

    @Override
    public Proposer begin(Course course, Optional<StudyFolder.Saved> saved) {
        Optimizer optimizer = saved.flatMap(known -> resumed(course, known)).orElseGet(() -> start(course));
        return proposer(course, optimizer, saved);
    }

    private Proposer proposer(Course course, Optimizer optimizer, Optional<StudyFolder.Saved> saved) {
        Spec spec = course.spec();
        LastEdit edit = LastEdit.of(course);
        Team team = edit.told(new Lineup(surroundings, spec).team(members.members(spec), study));
        Task task = spec.described().with(Lineup.curves(study));
        Proposer configs = team.proposer(optimizer, saved.flatMap(StudyFolder.Saved::ahead), task, spec.seed());
        Proposer parts = FidelitySpec.POPULATIONS.contains(spec.method())
                ? population(spec, optimizer.state())
                : halved(configs, spec);
        Proposer turns = ImportedProposer.before(parts, earlier(course), task);
        return edit.looking(turns);
    }

    private Proposer population(Spec spec, OptimizerState state) {
        if (spec.method().equals(FidelitySpec.HDET)) {
            String differing = spec.replicas().parameter().orElseThrow();
            return new ReplicaProposer(
                    spec.replicas().spread(),
                    spec.replicas().merge().isPresent(),
                    spec.space()
                            .find(differing)
                            .orElseThrow(() -> new BadInput("hdet.parameter: " + differing
                                    + " is what the replicas differ in, and cannot leave the space")),
                    spec.fidelity().orElseThrow().intervals(),
                    spec.space(),
                    spec.baseline(),
                    spec.objective(),
                    StudyFolder.checkpoints(study)::has,
                    state);
        }
        PopulationSpec asked = spec.population();
        return new PopulationProposer(
                new PopulationProposer.Rules(asked.members(), asked.quantile(), asked.resample()),
                spec.fidelity().orElseThrow().intervals(),
                spec.space(),
                spec.objective(),
                spec.seed(),
                StudyFolder.checkpoints(study)::has,
                state);
    }

    /** Where trials are parts of a training, one config after the other is trained longer; else who proposes is asked for each. */
    private Proposer halved(Proposer configs, Spec spec) {
        if (!FidelitySpec.METHODS.contains(spec.method())) {
            return configs;
        }
        FidelitySpec fidelity = spec.fidelity().orElseThrow();
        Checkpoints checkpoints = StudyFolder.checkpoints(study);
        return new RungProposer(
                configs,
                fidelity.ladder(),
                () -> fidelity.schedule(spec.method()),
                spec.space(),
                spec.objective(),
                trial -> spec.checkpoints().isPresent() && checkpoints.has(trial));
    }

    /** What the last edit of the space has opened, and how many trials there were; edits between the same two trials are one. */
    private record LastEdit(Opened opened, int trials) {

        static LastEdit of(Course course) {
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
            return new LastEdit(Opened.between(before, now), edited);
        }

        Team told(Team team) {
            return opened.matters(trials) ? team.editedAt(trials) : team;
        }

        Proposer looking(Proposer turns) {
            return OpenedProposer.before(turns, opened, trials);
        }
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
                .flatMap(state -> Learner.of(spec).resume(spec.space(), prior(spec), state))
                .orElseThrow();
        left.ahead().ifPresent(question -> optimizer.withdraw(question.suggestion()));
        return optimizer;
    }

    /** The optimizer in another space: with what it has learned if it can take that along, else told of the trials again. */
    private Optimizer moved(Left left, Course now, List<Trial> seen, int trials) {
        Spec spec = now.spec();
        List<Trial> own =
                seen.stream().filter(trial -> !trial.origin().isCheck()).toList();
        long seed = new SplitMix(spec.seed() + trials).nextLong();
        return Learner.of(spec)
                .goOn(
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
        members.check(now.spec());
    }
}
