package dev.chiron.agent.propose;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.cma.CommonsMathCmaEs;
import dev.chiron.optimizers.cma.MoCmaEs;
import dev.chiron.optimizers.cma.MoCmaSettings;
import dev.chiron.optimizers.conformal.Conformal;
import dev.chiron.optimizers.conformal.ConformalSettings;
import dev.chiron.optimizers.costaware.CostAware;
import dev.chiron.optimizers.costaware.CostAwareSettings;
import dev.chiron.optimizers.crossentropy.CrossEntropy;
import dev.chiron.optimizers.crossentropy.CrossEntropySettings;
import dev.chiron.optimizers.forest.ForestSettings;
import dev.chiron.optimizers.forest.RandomForest;
import dev.chiron.optimizers.genetic.Genetic;
import dev.chiron.optimizers.genetic.GeneticSettings;
import dev.chiron.optimizers.genetic.Nsga2;
import dev.chiron.optimizers.genetic.Nsga2Settings;
import dev.chiron.optimizers.gp.GaussianProcess;
import dev.chiron.optimizers.gp.GpSettings;
import dev.chiron.optimizers.grid.GridSearch;
import dev.chiron.optimizers.portfolio.Portfolio;
import dev.chiron.optimizers.portfolio.PortfolioSettings;
import dev.chiron.optimizers.sobol.SobolSearch;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Prior;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.tpe.Tpe;
import dev.chiron.optimizers.tpe.TpeSettings;
import dev.chiron.optimizers.turbo.Turbo;
import dev.chiron.optimizers.turbo.TurboSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The ways to tune that a user can name: what people read of each, and which kind of optimizer it is, if it is one. */
public enum Method {
    CENTAUR(
            "centaur",
            "an optimizer (--optimizer) and a language model take turns; the model sees the optimizer's whole state",
            "Centaur (autoresearch-automl), improved"),
    LLAMBO(
            "llambo",
            "a language model is the optimizer: it proposes candidates for a target score and foretells what each brings",
            "LLAMBO (Liu et al., arXiv 2402.03921)"),
    LLM(
            "llm",
            "a language model proposes every config, with no optimizer beside it; llm.style says how it is asked",
            "autoresearch-automl's agent; Zhang et al., arXiv 2312.04528"),
    LLM_TPE(
            "llm-tpe",
            "a coin is tossed for each trial: a language model proposes, or TPE; the model sees what came of both",
            "SLLMBO (Mahammadli, arXiv 2410.20302)"),
    OPTOPRIME(
            "optoprime",
            "a language model changes the values of the last run, by the feedback on it and the lines of code that use them",
            "OptoPrime (Trace; Cheng, Nie and Swaminathan, arXiv 2406.16218)"),
    AGENT_HPO(
            "agent-hpo",
            "a language model in two roles: it analyses each trial for a log of experiments, and proposes the next by that log",
            "AgentHPO (Liu, Gao and Li, arXiv 2402.01881)"),
    HYPERBAND(
            "hyperband",
            "many configs for a part of a training (fidelity:), the best of them longer, in several brackets; --optimizer draws them",
            "Hyperband (Li et al., arXiv 1603.06560)"),
    ITERATIVE_DEEPENING_HYPERBAND(
            "iterative-deepening-hyperband",
            "Hyperband whose longest training grows step by step to the whole, and which keeps what it has run",
            "Brandt et al., arXiv 2302.00511"),
    BOHB(
            "bohb",
            "Hyperband whose configs come from TPE (--optimizer), told of the longest trainings of which there are enough",
            "BOHB (Falkner et al., arXiv 1807.01774)"),
    ASHA(
            "asha",
            "successive halving that waits for nobody: a config is trained longer as soon as it is among the best; for many workers",
            "ASHA (Li et al., arXiv 1810.05934)"),
    PBT(
            "pbt",
            "population based training: at each interval the worst take over a checkpoint of the best, with its values moved; finds a schedule",
            "Jaderberg et al., arXiv 1711.09846, by syne-tune's rules"),
    HDET(
            "hdet",
            "replicas of one training whose learning rates lie around a base; the best one's checkpoint goes on, or all made one, and the base follows",
            "HDET (Cheng et al., arXiv 2604.24708), on checkpoints"),
    CODE(
            "code",
            "a language model edits the script, one idea at a time; what is kept is better beyond the noise",
            "karpathy/autoresearch, with a guarded metric and tested keeps"),
    CENTAUR_CODE(
            "centaur-code",
            "a language model edits the script, and an optimizer (--optimizer) tunes the numbers of each version",
            "ours: autoresearch, Centaur, and successive halving over the versions"),
    CMA_ES(
            "cma-es",
            "CMA-ES with margin, learned choices, safe injection and restarts",
            "Hansen, arXiv 1604.00772",
            cma(CmaSettings.DEFAULT)),
    LRA_CMA_ES(
            "lra-cma-es",
            "CMA-ES whose learning rates adapt to noise; for thousands of noisy trials",
            "Nomura, Akimoto and Ono, arXiv 2304.03473",
            cma(CmaSettings.DEFAULT.withAdaptive(true))),
    TPE(
            "tpe",
            "the tree-structured Parzen estimator, multivariate, as in Optuna 5",
            "Bergstra et al. 2011; Watanabe, arXiv 2304.11127",
            Kind.learning(OptimizerState.Tpe.class, TpeSettings.DEFAULT::withPrior, Tpe::start, Tpe::resume)
                    .forSeveral()),
    GP(
            "gp",
            "a Gaussian process and its logarithmic expected improvement; for few, expensive trials",
            "Rasmussen and Williams 2006; Ament et al., arXiv 2310.20708",
            Kind.learning(
                            OptimizerState.GaussianProcess.class,
                            GpSettings.DEFAULT::withPrior,
                            GaussianProcess::start,
                            GaussianProcess::resume)
                    .aroundTheBaseline()),
    TURBO(
            "turbo",
            "a Gaussian process in a trust region that grows with success and shrinks without; for many parameters",
            "Eriksson et al. 2019, arXiv 1910.01739",
            Kind.learning(OptimizerState.Turbo.class, TurboSettings.DEFAULT::withPrior, Turbo::start, Turbo::resume)),
    RANDOM_FOREST(
            "random-forest",
            "a random forest and its logarithmic expected improvement, as in SMAC; for choices and uneven landscapes",
            "Hutter et al. 2011; Lindauer et al., arXiv 2109.09831",
            Kind.learning(
                            OptimizerState.RandomForest.class,
                            ForestSettings.DEFAULT::withPrior,
                            RandomForest::start,
                            RandomForest::resume)
                    .with(Tactics.NOVEL)),
    CONFORMAL(
            "conformal",
            "conformalised quantile regression: boosted trees, and one of five quantiles at random; for skewed or uneven noise",
            "Salinas et al. 2023, arXiv 2305.03623",
            Kind.learning(
                    OptimizerState.Conformal.class,
                    ConformalSettings.DEFAULT::withPrior,
                    Conformal::start,
                    Conformal::resume)),
    GENETIC(
            "genetic",
            "a genetic algorithm: the best configs breed the next ones, whichever parameters they have",
            "Whitley 1989; Goldberg and Deb 1991; Eshelman and Schaffer 1993",
            Kind.learning(
                    OptimizerState.Genetic.class, GeneticSettings.DEFAULT::withPrior, Genetic::start, Genetic::resume)),
    NSGA2(
            "nsga2",
            "a genetic algorithm for several objectives: it spreads along the front of what none is better than",
            "NSGA-II (Deb et al. 2002), steady-state (Durillo et al. 2009)",
            Kind.learning(OptimizerState.Nsga2.class, Nsga2Settings.DEFAULT::withPrior, Nsga2::start, Nsga2::resume)
                    .forSeveral()),
    MO_CMA_ES(
            "mo-cma-es",
            "CMA-ES for several objectives: each of ten configs has a Gaussian of its own, and those stay that add volume to the front",
            "MO-CMA-ES (Igel, Hansen and Roth 2007), steady-state (Voß, Hansen and Igel 2010)",
            Kind.learning(
                            OptimizerState.MoCmaEs.class,
                            MoCmaSettings.DEFAULT::withPrior,
                            MoCmaEs::start,
                            MoCmaEs::resume)
                    .forSeveral()),
    CROSS_ENTROPY(
            "cross-entropy",
            "draws from a distribution that moves to that of each generation's best",
            "Rubinstein 1999; de Boer et al. 2005",
            Kind.learning(
                            OptimizerState.CrossEntropy.class,
                            CrossEntropySettings.DEFAULT::withPrior,
                            CrossEntropy::start,
                            CrossEntropy::resume)
                    .warmed((space, prior, seed, earlier) ->
                            CrossEntropy.warm(space, CrossEntropySettings.DEFAULT.withPrior(prior), earlier, seed))),
    COST_AWARE(
            "cost-aware",
            "a search along the front of quality and training time, which shows how parameters move with the time; for trials of uneven cost",
            "CARBS (Fetterman et al., arXiv 2306.08055)",
            Kind.learning(
                            OptimizerState.CostAware.class,
                            CostAwareSettings.DEFAULT::withPrior,
                            CostAware::start,
                            CostAware::resume)
                    .aroundTheBaseline()
                    .with(Tactics.DEFAULT.withoutLocal())),
    PORTFOLIO(
            "portfolio",
            "gp, turbo and random-forest take turns by what each one's trials brought; all of them learn from every trial",
            "Hoffman et al. 2011, arXiv 1009.5419; Fialho 2010; Garivier and Moulines 2011",
            Kind.learning(
                            OptimizerState.Portfolio.class,
                            PortfolioSettings.DEFAULT::withPrior,
                            Portfolio::start,
                            Portfolio::resume)
                    .aroundTheBaseline()),
    SOBOL(
            "sobol",
            "quasi-random search: Sobol's points, spread more evenly than random ones",
            "Sobol 1967; Joe and Kuo 2008",
            Kind.plain(OptimizerState.Sobol.class, SobolSearch::start, SobolSearch::resume)
                    .forSeveral()),
    GRID(
            "grid",
            "every combination of a few values of each parameter, then of the values between them; for few parameters",
            "no paper; the order of its points after Owen 1995",
            Kind.plain(OptimizerState.Grid.class, GridSearch::start, GridSearch::resume)
                    .forSeveral()),
    COMMONS_CMA_ES(
            "commons-cma-es",
            "the CMA-ES of Apache Commons Math, unchanged; a reference",
            "Apache Commons Math 3.6.1",
            Kind.plain(
                    OptimizerState.CommonsMath.class,
                    (space, prior, seed) ->
                            CommonsMathCmaEs.start(space, prior.centre(), CmaSettings.DEFAULT.sigma(), seed),
                    (space, prior, state) -> CommonsMathCmaEs.resume(space, state))),
    RANDOM(
            "random",
            "uniform random search",
            "Bergstra and Bengio 2012",
            Kind.plain(OptimizerState.Uniform.class, RandomSearch::start, RandomSearch::resume)
                    .forSeveral());

    private final String label;
    private final String line;
    private final String source;

    @SuppressWarnings("ImmutableEnumChecker") // a record of functions, which hold nothing but settings
    private final Optional<Kind<?>> kind;

    Method(String label, String line, String source) {
        this(label, line, source, Optional.empty());
    }

    Method(String label, String line, String source, Kind<?> kind) {
        this(label, line, source, Optional.of(kind));
    }

    Method(String label, String line, String source, Optional<Kind<?>> kind) {
        this.label = label;
        this.line = line;
        this.source = source;
        this.kind = kind;
    }

    private static Kind<OptimizerState.CmaEs> cma(CmaSettings settings) {
        return Kind.learning(
                        OptimizerState.CmaEs.class,
                        (space, prior, seed) -> CmaEs.start(space, prior, settings, seed),
                        (space, prior, state) -> CmaEs.resume(space, settings, state))
                .warmed((space, prior, seed, earlier) -> CmaEs.warm(space, earlier, settings, seed))
                .movedBy((from, learned, to, start, shift, seed) ->
                        CmaEs.resume(from, settings, learned).movedTo(to, start, shift, seed));
    }

    /** The name that users write. */
    public String label() {
        return label;
    }

    /** What it does, in a line. */
    public String line() {
        return line;
    }

    /** Where it comes from. */
    public String source() {
        return source;
    }

    /** Whether models take part, so that it is more than an optimizer. */
    public boolean isTeam() {
        return kind.isEmpty();
    }

    /** All names, in order. */
    public static List<String> labels() {
        return Stream.of(values()).map(Method::label).toList();
    }

    /** The method of that name. */
    public static Optional<Method> labelled(String label) {
        return Stream.of(values()).filter(method -> method.label.equals(label)).findFirst();
    }

    /** The names of the optimizers that may be the classical half of Centaur, or stand by LLAMBO, in order. */
    public static List<String> optimizers() {
        return Stream.of(values())
                .filter(method -> method.kind.filter(Kind::learns).isPresent())
                .map(Method::label)
                .toList();
    }

    /** Whether its optimizer can search for the front of several objectives. */
    public boolean takesSeveral() {
        return kind.filter(Kind::several).isPresent();
    }

    /** The names of the methods of which {@link #takesSeveral} holds, in order. */
    public static List<String> ofSeveral() {
        return Stream.of(values())
                .filter(Method::takesSeveral)
                .map(Method::label)
                .toList();
    }

    /** What stands around the method's optimizer. */
    public Tactics tactics() {
        return kind.<Tactics>map(Kind::tactics).orElse(Tactics.DEFAULT);
    }

    /**
     * Where the optimum is believed to lie. A parameter of which nothing is written has a prior around the baseline where
     * the method gains by it: the Gaussian process does, TPE and CMA-ES are level with and without (docs/papers.md).
     *
     * @param written the widths that the user gave, by parameter; empty for none
     */
    public Prior prior(SearchSpace space, Config baseline, Map<String, Optional<Double>> written) {
        Optional<Double> unwritten = kind.flatMap(Kind::around);
        Map<String, Double> widths = new LinkedHashMap<>();
        for (Parameter parameter : space.parameters()) {
            written.getOrDefault(parameter.name(), unwritten).ifPresent(width -> widths.put(parameter.name(), width));
        }
        return Prior.around(space, baseline, widths);
    }

    /**
     * The method's optimizer at its start, the prior's centre.
     *
     * @throws IllegalArgumentException for a team, whose optimizer is a method of its own
     */
    public Optimizer start(SearchSpace space, Prior prior, long seed) {
        return optimizer().starting().start(space, prior, seed);
    }

    /**
     * The method's optimizer at its start, knowing earlier results. CMA-ES begins where the best of them lie (WS-CMA-ES), by their
     * ranks alone, and so does the cross-entropy method; whoever else learns takes them as observations. Any other begins as if there were none.
     *
     * @param earlier configs of the space and what came of them
     * @throws IllegalArgumentException for a team, whose optimizer is a method of its own
     */
    public Optimizer start(SearchSpace space, Prior prior, long seed, List<Observation> earlier) {
        return optimizer().start(space, prior, seed, earlier);
    }

    /**
     * The method's optimizer in another space, with what it has learned in this one of the parameters that both have; empty if it
     * cannot take that along.
     *
     * @param start where the others begin in the other space
     * @param shift what losses are expected to become larger by; empty if that is not known
     * @param seed of what it draws there
     */
    public Optional<Optimizer> moved(
            SearchSpace from, OptimizerState learned, SearchSpace to, Prior start, OptionalDouble shift, long seed) {
        return kind.flatMap(one -> one.moved(from, learned, to, start, shift, seed));
    }

    /**
     * The method's optimizer after its space was edited: with what it has learned if it can take that along, else told again of what has a
     * place in the space as it is now.
     *
     * @param learned its state in the space before; empty if nothing is known of it
     * @param seen what it was told, as far as it lies in the other space
     * @param seed of what it draws there
     */
    public Optimizer goOn(
            SearchSpace from,
            Optional<OptimizerState> learned,
            SearchSpace to,
            Prior start,
            List<Observation> seen,
            long seed) {
        return learned.flatMap(state -> moved(from, state, to, start, OptionalDouble.of(0), seed))
                .orElseGet(() -> start(to, start, seed, seen));
    }

    /** How the method takes earlier results; empty if it does not. */
    public Optional<String> earlier() {
        return kind.flatMap(Kind::earlier);
    }

    /** The method's optimizer as it was in a state; empty if the state is another optimizer's. */
    public Optional<Optimizer> resume(SearchSpace space, Prior prior, OptimizerState state) {
        return kind.flatMap(one -> one.resume(space, prior, state));
    }

    private Kind<?> optimizer() {
        return kind.orElseThrow(() -> new IllegalArgumentException(label + " is no optimizer's method"));
    }
}
