package dev.chiron.agent.start;

import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.cost.Estimate;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.study.History;
import dev.chiron.prompts.describe.CentaurPrompt;
import dev.chiron.prompts.describe.Task;
import dev.chiron.prompts.describe.WarmStartPrompt;
import java.util.List;
import java.util.Optional;

/** What the models' turns of a study will take and cost, said before it starts. */
final class Outlook {

    private final Surroundings surroundings;
    private final Spec spec;
    private final Task task;
    private final Turns turns;
    private final Purse purse;

    Outlook(Surroundings surroundings, Spec spec, Task task, Turns turns, Purse purse) {
        this.surroundings = surroundings;
        this.spec = spec;
        this.task = task;
        this.turns = turns;
        this.purse = purse;
    }

    /** By the prompt that the model would read now. */
    Optional<Estimate> estimate(Team team, Optimizer optimizer, StudyFolder study) {
        History history =
                new History(spec.objective(), spec.evidence(), study.imported().earlier());
        study.recording().entries().forEach(entry -> history.add(entry.trial()));
        Optional<Estimate> first = team.warmStart()
                .filter(warm -> history.proposed() <= 1)
                .map(warm -> new WarmStartPrompt(warm.context().told(task), warm.configs())
                        .render(history)
                        .text())
                .flatMap(purse::estimate);
        if (!(team.partner() instanceof Partner.Speaker speaker)) {
            return first;
        }
        List<Panel.Member> members = speaker.panel().members();
        List<List<String>> prompts = members.stream()
                .map(member -> speaker.manner()
                        .map(manner -> manner.prompts(task, history))
                        .orElseGet(() -> List.of(new CentaurPrompt(task, member.style())
                                .render(optimizer.state(), spec.baseline(), history)
                                .text())))
                .toList();
        return estimate(members, prompts, history, study)
                .map(others -> first.map(others::plus).orElse(others));
    }

    /** What models cost whose every turn this is, by the prompts that they would read now. */
    Optional<Estimate> estimate(
            List<Panel.Member> members, List<List<String>> prompts, History history, StudyFolder study) {
        if (members.isEmpty()) {
            return Optional.empty();
        }
        Optional<Estimate> all = purse.estimate(turns, history, prompts);
        if (all.map(Estimate::turns).orElse(1) > 0) {
            purse.tooDear(members, prompts.stream().map(own -> own.get(0)).toList(), study)
                    .forEach(note -> surroundings.note("Note: " + note));
        }
        return all;
    }
}
