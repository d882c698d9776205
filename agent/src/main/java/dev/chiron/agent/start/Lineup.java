package dev.chiron.agent.start;

import dev.chiron.agent.AdaptiveTurns;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.Bandit;
import dev.chiron.agent.CoinTurns;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.propose.AgentHpo;
import dev.chiron.agent.propose.Llambo;
import dev.chiron.agent.propose.Llm;
import dev.chiron.agent.propose.Manner;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptoPrime;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.propose.WarmStart;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.LlamboSpec;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.agent.store.TrialFolder;
import dev.chiron.optimizers.study.Outcome.CurvePoint;
import dev.chiron.prompts.describe.Context;
import dev.chiron.prompts.describe.LlmPrompt;
import dev.chiron.prompts.describe.Program;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

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
        List<Panel.Member> members = takesTurns()
                        || EditorsCast.isFor(spec)
                        || first > 0
                        || spec.prune().asksModel()
                ? Language.open(surroundings, spec.llm(), spec.seed())
                : List.of();
        if (first > 0 && members.isEmpty()) {
            throw new BadInput("llm.warm_start (--warm-start) " + first + ": a model proposes the first configs, and "
                    + "llm.model is " + spec.llm().model() + "; name a model with --llm, or set --warm-start 0");
        }
        if (isModels() && members.isEmpty() && !isPerturb()) {
            throw new BadInput("llm.model: the method " + spec.method()
                    + " is a language model's, and llm.model is " + spec.llm().model()
                    + "; name one with --llm, such as --llm ollama:qwen3:8b, or --llm builtin for rules of "
                    + "thumb in its place");
        }
        return members;
    }

    /** When the models have their turns. */
    Turns turns() {
        int given = spec.from().sources().isEmpty() ? 1 : 2; // the baseline, and the best of earlier results
        int warmup = Math.max(spec.llm().warmup(), given + spec.llm().asking().warmStart());
        if (spec.llm().share().isEmpty()) {
            return new AdaptiveTurns(warmup);
        }
        double share = spec.llm().share().getAsDouble();
        return is(Method.LLM_TPE) ? new CoinTurns(share, warmup, spec.seed()) : new FixedTurns(share, warmup);
    }

    /**
     * The optimizer and its partner.
     *
     * @param study the study's folder
     */
    Team team(List<Panel.Member> members, Path study) {
        Team all = Team.of(Method.labelled(spec.optimizer()).orElseThrow(), partner(members, study));
        // a config near the best is none of the many that are compared for a part of a training
        Team team = FidelitySpec.isInParts(spec.method()) ? all.withoutLocal() : all;
        int first = spec.llm().asking().warmStart();
        if (first == 0 || members.isEmpty()) {
            return team;
        }
        List<WarmStart.Asker> askers = members.stream()
                .map(member -> new WarmStart.Asker(
                        member.name(),
                        member.model(),
                        RecordedModel.recalled(member.model(), study.resolve(StudyFolder.LLM))))
                .toList();
        return team.with(
                new WarmStart(askers, first, llambo().context(), spec.llm().required()));
    }

    private Partner partner(List<Panel.Member> members, Path study) {
        if (!takesTurns()) {
            return new Partner.Nobody();
        }
        Turns turns = turns();
        if (members.isEmpty()) {
            return isPerturb() ? new Partner.Perturb(turns) : new Partner.Nobody();
        }
        Bandit bandit = new Bandit(
                members.stream().map(Panel.Member::name).toList(),
                spec.llm().asking().trialUsd(),
                spec.seed());
        Panel panel = new Panel(members, bandit, Language.asked(surroundings, spec.llm()));
        return new Partner.Speaker(panel, turns, spec.llm().required(), manner(study));
    }

    /** How the models propose, where they do by themselves. */
    private Optional<Manner> manner(Path study) {
        if (is(Method.LLAMBO)) {
            return Optional.of(llambo());
        }
        if (is(Method.OPTOPRIME)) {
            return Optional.of(new OptoPrime(spec.llm().asking().memory(), program(), curves(study)));
        }
        if (is(Method.AGENT_HPO)) {
            return Optional.of(new AgentHpo(curves(study)));
        }
        if (is(Method.LLM_TPE)) {
            return Optional.of(new Llm(LlmPrompt.Style.TPE));
        }
        return is(Method.LLM)
                ? LlmPrompt.Style.labelled(spec.llm().asking().style()).map(Llm::new)
                : Optional.empty();
    }

    /** What is run, for showing; a script that cannot be read is not shown. */
    private Program program() {
        try {
            return new Program(
                    spec.run(),
                    Source.read(spec.folder().resolve(spec.script())).text());
        } catch (IOException | IllegalArgumentException e) {
            return new Program(spec.run(), "");
        }
    }

    /** What the trials of a study have reported, as it lies in their folders. */
    static IntFunction<List<CurvePoint>> curves(Path study) {
        return number -> new TrialFolder(StudyFolder.trialFolder(study, number)).curve();
    }

    private Llambo llambo() {
        LlamboSpec settings = spec.llm().asking().llambo();
        return new Llambo(
                Llambo.Mode.labelled(settings.mode()).orElseThrow(),
                Llambo.Surrogate.labelled(settings.surrogate()).orElseThrow(),
                settings.alpha(),
                settings.candidates(),
                Context.labelled(settings.context()).orElseThrow());
    }

    /** Whether models share turns with an optimizer. */
    private boolean takesTurns() {
        return is(Method.CENTAUR) || FidelitySpec.METHODS.contains(spec.method()) || isModels();
    }

    /** Whether nothing is left of the method without a model. */
    private boolean isModels() {
        return Stream.of(Method.LLAMBO, Method.LLM, Method.LLM_TPE, Method.OPTOPRIME, Method.AGENT_HPO)
                .anyMatch(this::is);
    }

    private boolean isPerturb() {
        return spec.llm().model().equals(Partner.Perturb.NAME);
    }

    private boolean is(Method method) {
        return spec.method().equals(method.label());
    }
}
