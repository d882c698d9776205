package dev.chiron.evals.compare;

import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.propose.Team;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Who is measured: a team and what tables call it.
 *
 * @param name what tables call it
 * @param optimizer the optimizer in it
 * @param tactics what stands around the optimizer
 * @param partner opens whoever takes the other turns, by the seed of the run: anew for each, since models remember
 * @param faults made on purpose
 * @param before earlier results that each run begins with; empty for none
 */
public record Contender(
        String name,
        Method optimizer,
        Tactics tactics,
        LongFunction<Partner> partner,
        Set<Fault> faults,
        Optional<Before> before) {

    public Contender {
        faults = Collections.unmodifiableSet(new LinkedHashSet<>(faults));
    }

    /** Without earlier results. */
    public Contender(String name, Method optimizer, Tactics tactics, LongFunction<Partner> partner, Set<Fault> faults) {
        this(name, optimizer, tactics, partner, faults, Optional.empty());
    }

    /** The same, beginning each run with earlier results; tables say so. */
    public Contender with(Before earlier) {
        return new Contender(name + earlier.label(), optimizer, tactics, partner, faults, Optional.of(earlier));
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

    /** The team of a new run. */
    Team open(long seed) {
        return new Team(optimizer, tactics, partner.apply(seed));
    }
}
