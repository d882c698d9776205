package dev.chiron.agent.start;

import dev.chiron.agent.AdaptiveTurns;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.Bandit;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.propose.WarmStart;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import java.util.List;

/** Who takes the turns of a task's study, and when. */
final class Lineup {

    private final Surroundings surroundings;
    private final Spec spec;

    Lineup(Surroundings surroundings, Spec spec) {
        this.surroundings = surroundings;
        this.spec = spec;
    }

    /**
     * The models, opened; none where the task asks none.
     *
     * @throws BadInput if a model is asked for the first configs and there is none
     */
    List<Panel.Member> members() {
        int first = spec.llm().asking().warmStart();
        List<Panel.Member> members = isCentaur() || EditorsCast.isFor(spec) || first > 0
                ? Language.open(surroundings, spec.llm(), spec.seed())
                : List.of();
        if (first > 0 && members.isEmpty()) {
            throw new BadInput("llm.warm_start (--warm-start) " + first + ": a model proposes the first configs, and "
                    + "llm.model is " + spec.llm().model() + "; name a model with --llm, or set --warm-start 0");
        }
        return members;
    }

    /** When the models have their turns. */
    Turns turns() {
        int given = spec.from().sources().isEmpty() ? 1 : 2; // the baseline, and the best of earlier results
        int warmup = Math.max(spec.llm().warmup(), given + spec.llm().asking().warmStart());
        return spec.llm().share().isPresent()
                ? new FixedTurns(spec.llm().share().getAsDouble(), warmup)
                : new AdaptiveTurns(warmup);
    }

    /** The optimizer and its partner. */
    Team team(List<Panel.Member> members, StudyFolder study) {
        Team team = Team.of(Method.labelled(spec.optimizer()).orElseThrow(), partner(members));
        int first = spec.llm().asking().warmStart();
        if (first == 0 || members.isEmpty()) {
            return team;
        }
        List<WarmStart.Asker> askers = members.stream()
                .map(member -> new WarmStart.Asker(
                        member.name(), member.model(), RecordedModel.recalled(member.model(), study.llm())))
                .toList();
        return team.with(new WarmStart(askers, first, spec.llm().required()));
    }

    private Partner partner(List<Panel.Member> members) {
        if (!isCentaur()) {
            return new Partner.Nobody();
        }
        Turns turns = turns();
        if (members.isEmpty()) {
            boolean perturbs = spec.llm().model().equals(Partner.Perturb.NAME);
            return perturbs ? new Partner.Perturb(turns) : new Partner.Nobody();
        }
        Bandit bandit = new Bandit(
                members.stream().map(Panel.Member::name).toList(),
                spec.llm().asking().trialUsd(),
                spec.seed());
        Panel panel = new Panel(members, bandit, Language.asked(surroundings, spec.llm()));
        return new Partner.Speaker(panel, turns, spec.llm().required());
    }

    private boolean isCentaur() {
        return spec.method().equals(Method.CENTAUR.label());
    }
}
