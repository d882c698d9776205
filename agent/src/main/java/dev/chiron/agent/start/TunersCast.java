package dev.chiron.agent.start;

import dev.chiron.agent.Proposer;
import dev.chiron.agent.propose.ImportedProposer;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.Ahead;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.study.Earlier;
import dev.chiron.prompts.describe.Task;
import java.util.List;
import java.util.Optional;

/** The cast of a study that tunes numbers: an optimizer, alone or with models beside it. */
record TunersCast(Surroundings surroundings, Spec spec, Purse purse) {

    Cast open(Purse.Paid paid, StudyFolder study) {
        Lineup lineup = new Lineup(surroundings, spec);
        Team team = lineup.team(paid.members(), study);
        Task task = new Task(spec.task(), spec.objective(), spec.space(), spec.baseline());
        Method method = team.optimizer();
        Optional<StudyFolder.Saved> saved = study.saved(spec.objective());
        Prior prior = method.prior(spec.space(), spec.baseline(), spec.priors());
        Earlier earlier = study.imported().earlier();
        List<Observation> before = earlier.inside().stream()
                .flatMap(trial -> Observation.of(trial, spec.objective()).stream())
                .toList();
        Optional<Optimizer> resumed = saved.flatMap(known -> method.resume(spec.space(), prior, known.state()));
        Optimizer optimizer = resumed.orElseGet(() -> method.start(spec.space(), prior, spec.seed(), before));
        int told = resumed.isPresent() ? saved.map(StudyFolder.Saved::trials).orElse(0) : 0;
        Optional<Ahead> ahead = resumed.isPresent() ? saved.flatMap(StudyFolder.Saved::ahead) : Optional.empty();
        Proposer proposer = ImportedProposer.before(team.proposer(optimizer, ahead, task, spec.seed()), earlier, task);
        Outlook outlook = new Outlook(surroundings, spec, task, lineup.turns(), purse);
        String turns = team.partner() instanceof Partner.Nobody ? method.label() : spec.method();
        return new Cast(proposer, told, turns, method.label(), team.llm(), outlook.estimate(team, optimizer, study));
    }
}
