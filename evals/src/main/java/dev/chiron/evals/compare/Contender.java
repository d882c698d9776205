package dev.chiron.evals.compare;

import dev.chiron.agent.propose.Llambo;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.propose.Team;
import dev.chiron.agent.propose.WarmStart;
import dev.chiron.agent.spec.FidelitySpec;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Who is measured: a team and what tables call it.
 *
 * @param name what tables call it
 * @param optimizer the optimizer in it
 * @param tactics what stands around the optimizer
 * @param partner opens whoever takes the other turns, by the seed of the run: anew for each, since models remember
 * @param faults made on purpose
 * @param before earlier results that each run begins with; empty for none
 * @param widening what is narrower at first in the space that each run searches; empty for nothing
 * @param parts the method by which configs are trained for a part first; empty where every trial is a whole training
 */
public record Contender(
        String name,
        Method optimizer,
        Tactics tactics,
        LongFunction<Partner> partner,
        Set<Fault> faults,
        Optional<Before> before,
        Optional<Widening> widening,
        Optional<Method> parts) {

    public Contender {
        faults = Collections.unmodifiableSet(new LinkedHashSet<>(faults));
    }

    /** Without earlier results. */
    public Contender(String name, Method optimizer, Tactics tactics, LongFunction<Partner> partner, Set<Fault> faults) {
        this(name, optimizer, tactics, partner, faults, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same, beginning each run with earlier results; tables say so. */
    public Contender with(Before earlier) {
        return new Contender(
                name + earlier.label(), optimizer, tactics, partner, faults, Optional.of(earlier), widening, parts);
    }

    /** The same, beginning each run in a space that is too narrow; tables say so. */
    public Contender with(Widening edited) {
        return new Contender(
                name + edited.label(), optimizer, tactics, partner, faults, before, Optional.of(edited), parts);
    }

    /** Without faults. */
    public Contender(String name, Method optimizer, Tactics tactics, LongFunction<Partner> partner) {
        this(name, optimizer, tactics, partner, Set.of());
    }

    /** What CMA-ES alone is called with nothing around it: where the published Centaur began. */
    public static final String PLAIN = "cma-es plain";

    /** A method as it is run alone. */
    public static Contender alone(Method method) {
        return new Contender(method.label(), method, method.tactics(), seed -> new Partner.Nobody());
    }

    /**
     * A method that trains configs for a part first, without a model.
     *
     * @param optimizer who proposes new configs
     */
    public static Contender inParts(Method method, Method optimizer) {
        boolean usual = optimizer.label().equals(FidelitySpec.usualOptimizer(method.label()));
        return new Contender(
                method.label() + (usual ? "" : ":" + optimizer.label()),
                optimizer,
                optimizer.tactics().withoutLocal(),
                seed -> new Partner.Nobody(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(method));
    }

    /** CMA-ES without local moves, and without a model of what will fail. */
    public static Contender plain() {
        return new Contender(PLAIN, Method.CMA_ES, Tactics.NONE, seed -> new Partner.Nobody());
    }

    /** A team of this optimizer and the partner that is opened for each run. */
    public static Contender team(Method optimizer, Tactics tactics, LongFunction<Partner> partner) {
        Partner opened = partner.apply(0);
        Tactics own = opened instanceof Partner.Perturb ? tactics.withoutLocal() : tactics;
        return new Contender(optimizer.label() + "+" + opened.label(), optimizer, own, partner);
    }

    /** Whether it is the control without any intelligence, which has no other local moves. */
    public boolean isPerturbed() {
        return partner.apply(0) instanceof Partner.Perturb;
    }

    /** LLAMBO with this optimizer standing by, and the partner that is opened for each run. */
    public static Contender llambo(Method optimizer, Tactics tactics, LongFunction<Partner> partner) {
        Partner opened = partner.apply(0);
        Tactics own = opened instanceof Partner.Perturb ? tactics.withoutLocal() : tactics;
        return new Contender(Method.LLAMBO.label() + "+" + opened.label(), optimizer, own, partner);
    }

    /** The same under another name. */
    public Contender named(String other) {
        return new Contender(other, optimizer, tactics, partner, faults, before, widening, parts);
    }

    /** Whether it is LLAMBO. */
    public boolean isLlambo() {
        return base().equals(Method.LLAMBO.label());
    }

    /** What its name begins with: the optimizer, or the method that it is. */
    String base() {
        return Stream.of(Method.LLAMBO, Method.LLM, Method.LLM_TPE, Method.OPTOPRIME, Method.AGENT_HPO)
                .map(Method::label)
                .filter(method -> name.startsWith(method + "+"))
                .findFirst()
                .orElse(optimizer.label());
    }

    /**
     * The team of a new run.
     *
     * @param begins whether a model with a method of its own proposes the first configs
     */
    Team open(long seed, boolean begins) {
        Team team = new Team(optimizer, tactics, partner.apply(seed));
        if (!begins || !(team.partner() instanceof Partner.Speaker speaker)) {
            return team;
        }
        return speaker.manner()
                .flatMap(manner -> manner instanceof Llambo llambo
                        ? Optional.of(team.with(first(speaker, llambo)))
                        : Optional.empty())
                .orElse(team);
    }

    private static WarmStart first(Partner.Speaker speaker, Llambo llambo) {
        List<WarmStart.Asker> askers = speaker.panel().members().stream()
                .map(member -> new WarmStart.Asker(member.name(), member.model(), member.model()))
                .toList();
        return new WarmStart(askers, Llambo.FIRST - 1, llambo.context(), speaker.required());
    }
}
