package dev.chiron.agent.propose;

import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.RandomSearch;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.cma.CommonsMathCmaEs;
import dev.chiron.optimizers.conformal.Conformal;
import dev.chiron.optimizers.conformal.ConformalSettings;
import dev.chiron.optimizers.crossentropy.CrossEntropy;
import dev.chiron.optimizers.crossentropy.CrossEntropySettings;
import dev.chiron.optimizers.forest.ForestSettings;
import dev.chiron.optimizers.forest.RandomForest;
import dev.chiron.optimizers.genetic.Genetic;
import dev.chiron.optimizers.genetic.GeneticSettings;
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

/** The ways to tune that a user can name. */
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
    CODE(
            "code",
            "a language model edits the script, one idea at a time; what is kept is better beyond the noise",
            "karpathy/autoresearch, with a guarded metric and tested keeps"),
    CENTAUR_CODE(
            "centaur-code",
            "a language model edits the script, and an optimizer (--optimizer) tunes the numbers of each version",
            "ours: autoresearch, Centaur, and successive halving over the versions"),
    CMA_ES("cma-es", "CMA-ES with margin, learned choices, safe injection and restarts", "Hansen, arXiv 1604.00772"),
    LRA_CMA_ES(
            "lra-cma-es",
            "CMA-ES whose learning rates adapt to noise; for thousands of noisy trials",
            "Nomura, Akimoto and Ono, arXiv 2304.03473"),
    TPE(
            "tpe",
            "the tree-structured Parzen estimator, multivariate, as in Optuna 5",
            "Bergstra et al. 2011; Watanabe, arXiv 2304.11127"),
    GP(
            "gp",
            "a Gaussian process and its logarithmic expected improvement; for few, expensive trials",
            "Rasmussen and Williams 2006; Ament et al., arXiv 2310.20708"),
    TURBO(
            "turbo",
            "a Gaussian process in a trust region that grows with success and shrinks without; for many parameters",
            "Eriksson et al. 2019, arXiv 1910.01739"),
    RANDOM_FOREST(
            "random-forest",
            "a random forest and its logarithmic expected improvement, as in SMAC; for choices and uneven landscapes",
            "Hutter et al. 2011; Lindauer et al., arXiv 2109.09831"),
    CONFORMAL(
            "conformal",
            "conformalised quantile regression: boosted trees, and one of five quantiles at random; for skewed or uneven noise",
            "Salinas et al. 2023, arXiv 2305.03623"),
    GENETIC(
            "genetic",
            "a genetic algorithm: the best configs breed the next ones, whichever parameters they have",
            "Whitley 1989; Goldberg and Deb 1991; Eshelman and Schaffer 1993"),
    CROSS_ENTROPY(
            "cross-entropy",
            "draws from a distribution that moves to that of each generation's best",
            "Rubinstein 1999; de Boer et al. 2005"),
    PORTFOLIO(
            "portfolio",
            "gp, turbo and random-forest take turns by what each one's trials brought; all of them learn from every trial",
            "Hoffman et al. 2011, arXiv 1009.5419; Fialho 2010; Garivier and Moulines 2011"),
    SOBOL(
            "sobol",
            "quasi-random search: Sobol's points, spread more evenly than random ones",
            "Sobol 1967; Joe and Kuo 2008"),
    GRID(
            "grid",
            "every combination of a few values of each parameter, then of the values between them; for few parameters",
            "no paper; the order of its points after Owen 1995"),
    COMMONS_CMA_ES(
            "commons-cma-es", "the CMA-ES of Apache Commons Math, unchanged; a reference", "Apache Commons Math 3.6.1"),
    RANDOM("random", "uniform random search", "Bergstra and Bengio 2012");

    private final String label;
    private final String line;
    private final String source;

    Method(String label, String line, String source) {
        this.label = label;
        this.line = line;
        this.source = source;
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
        return this == CENTAUR
                || this == LLAMBO
                || this == LLM
                || this == LLM_TPE
                || this == OPTOPRIME
                || this == AGENT_HPO
                || this == CODE
                || this == CENTAUR_CODE;
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
        return Stream.of(
                        CMA_ES, LRA_CMA_ES, TPE, GP, TURBO, RANDOM_FOREST, CONFORMAL, GENETIC, CROSS_ENTROPY, PORTFOLIO)
                .map(Method::label)
                .toList();
    }

    /** What stands around the method's optimizer. */
    public Tactics tactics() {
        return switch (this) {
            case CODE,
                    CENTAUR_CODE,
                    CENTAUR,
                    LLAMBO,
                    LLM,
                    LLM_TPE,
                    OPTOPRIME,
                    AGENT_HPO,
                    CMA_ES,
                    LRA_CMA_ES,
                    TPE,
                    GP,
                    TURBO,
                    CONFORMAL,
                    GENETIC,
                    CROSS_ENTROPY,
                    PORTFOLIO -> Tactics.DEFAULT;
            case RANDOM_FOREST -> Tactics.NOVEL;
            case COMMONS_CMA_ES, SOBOL, GRID, RANDOM -> Tactics.NONE;
        };
    }

    /**
     * Where the optimum is believed to lie. A parameter of which nothing is written has a prior around the baseline where
     * the method gains by it: the Gaussian process does, TPE and CMA-ES are level with and without (docs/papers.md).
     *
     * @param written the widths that the user gave, by parameter; empty for none
     */
    public Prior prior(SearchSpace space, Config baseline, Map<String, Optional<Double>> written) {
        Optional<Double> unwritten = this == GP || this == PORTFOLIO ? Optional.of(Prior.AROUND) : Optional.empty();
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
        return switch (this) {
            case CENTAUR, LLAMBO, LLM, LLM_TPE, OPTOPRIME, AGENT_HPO, CODE, CENTAUR_CODE ->
                throw new IllegalArgumentException(label + " is no optimizer's method");
            case CMA_ES, LRA_CMA_ES -> CmaEs.start(space, prior, cma(), seed);
            case TPE -> Tpe.start(space, TpeSettings.DEFAULT.withPrior(prior), seed);
            case GP -> GaussianProcess.start(space, GpSettings.DEFAULT.withPrior(prior), seed);
            case COMMONS_CMA_ES -> CommonsMathCmaEs.start(space, prior.centre(), CmaSettings.DEFAULT.sigma(), seed);
            case RANDOM_FOREST -> RandomForest.start(space, ForestSettings.DEFAULT.withPrior(prior), seed);
            case TURBO -> Turbo.start(space, TurboSettings.DEFAULT.withPrior(prior), seed);
            case CONFORMAL -> Conformal.start(space, ConformalSettings.DEFAULT.withPrior(prior), seed);
            case GENETIC -> Genetic.start(space, GeneticSettings.DEFAULT.withPrior(prior), seed);
            case CROSS_ENTROPY -> CrossEntropy.start(space, CrossEntropySettings.DEFAULT.withPrior(prior), seed);
            case PORTFOLIO -> Portfolio.start(space, PortfolioSettings.DEFAULT.withPrior(prior), seed);
            case SOBOL -> SobolSearch.start(space, prior, seed);
            case GRID -> GridSearch.start(space, prior, seed);
            case RANDOM -> RandomSearch.start(space, prior, seed);
        };
    }

    /**
     * The method's optimizer at its start, knowing earlier results. CMA-ES begins where the best of them lie (WS-CMA-ES), by their
     * ranks alone, and so does the cross-entropy method; TPE, the Gaussian processes, both kinds of trees, the genetic algorithm and the portfolio take them as observations. Any other begins as if there were none.
     *
     * @param earlier configs of the space and what came of them
     */
    public Optimizer start(SearchSpace space, Prior prior, long seed, List<Observation> earlier) {
        boolean measured = earlier.stream().anyMatch(one -> one.kind() == Observation.Kind.MEASURED);
        if (measured && (this == CMA_ES || this == LRA_CMA_ES)) {
            return CmaEs.warm(space, earlier, cma(), seed);
        }
        if (measured && this == CROSS_ENTROPY) {
            return CrossEntropy.warm(space, CrossEntropySettings.DEFAULT.withPrior(prior), earlier, seed);
        }
        Optimizer optimizer = start(space, prior, seed);
        if (isToldAll()) {
            earlier.forEach(optimizer::tell);
        }
        return optimizer;
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
        return learned instanceof OptimizerState.CmaEs state && (this == CMA_ES || this == LRA_CMA_ES)
                ? Optional.of(CmaEs.resume(from, cma(), state).movedTo(to, start, shift, seed))
                : Optional.empty();
    }

    /** Whether it takes results from elsewhere as its own observations. */
    private boolean isToldAll() {
        return this == TPE
                || this == GP
                || this == TURBO
                || this == RANDOM_FOREST
                || this == CONFORMAL
                || this == GENETIC
                || this == PORTFOLIO;
    }

    /** How the method takes earlier results; empty if it does not. */
    public Optional<String> earlier() {
        return switch (this) {
            case CMA_ES, LRA_CMA_ES, CROSS_ENTROPY -> Optional.of("begins where the best tenth of them lies");
            case TPE, GP, TURBO, RANDOM_FOREST, CONFORMAL, GENETIC, PORTFOLIO ->
                Optional.of("takes them as observations");
            case CENTAUR,
                    LLAMBO,
                    LLM,
                    LLM_TPE,
                    OPTOPRIME,
                    AGENT_HPO,
                    CODE,
                    CENTAUR_CODE,
                    COMMONS_CMA_ES,
                    SOBOL,
                    GRID,
                    RANDOM -> Optional.empty();
        };
    }

    private CmaSettings cma() {
        return CmaSettings.DEFAULT.withAdaptive(this == LRA_CMA_ES);
    }

    /** The method's optimizer as it was in a state; empty if the state is another optimizer's. */
    public Optional<Optimizer> resume(SearchSpace space, Prior prior, OptimizerState state) {
        if (state instanceof OptimizerState.CmaEs cmaEs && (this == CMA_ES || this == LRA_CMA_ES)) {
            return Optional.of(CmaEs.resume(space, cma(), cmaEs));
        }
        if (state instanceof OptimizerState.Tpe tpe && this == TPE) {
            return Optional.of(Tpe.resume(space, TpeSettings.DEFAULT.withPrior(prior), tpe));
        }
        if (state instanceof OptimizerState.GaussianProcess gp && this == GP) {
            return Optional.of(GaussianProcess.resume(space, GpSettings.DEFAULT.withPrior(prior), gp));
        }
        if (state instanceof OptimizerState.CommonsMath commons && this == COMMONS_CMA_ES) {
            return Optional.of(CommonsMathCmaEs.resume(space, commons));
        }
        if (state instanceof OptimizerState.RandomForest forest && this == RANDOM_FOREST) {
            return Optional.of(RandomForest.resume(space, ForestSettings.DEFAULT.withPrior(prior), forest));
        }
        if (state instanceof OptimizerState.Sobol sobol && this == SOBOL) {
            return Optional.of(SobolSearch.resume(space, prior, sobol));
        }
        if (state instanceof OptimizerState.Portfolio portfolio && this == PORTFOLIO) {
            return Optional.of(Portfolio.resume(space, PortfolioSettings.DEFAULT.withPrior(prior), portfolio));
        }
        if (state instanceof OptimizerState.Turbo turbo && this == TURBO) {
            return Optional.of(Turbo.resume(space, TurboSettings.DEFAULT.withPrior(prior), turbo));
        }
        if (state instanceof OptimizerState.Conformal conformal && this == CONFORMAL) {
            return Optional.of(Conformal.resume(space, ConformalSettings.DEFAULT.withPrior(prior), conformal));
        }
        if (state instanceof OptimizerState.Genetic genetic && this == GENETIC) {
            return Optional.of(Genetic.resume(space, GeneticSettings.DEFAULT.withPrior(prior), genetic));
        }
        if (state instanceof OptimizerState.CrossEntropy entropy && this == CROSS_ENTROPY) {
            return Optional.of(CrossEntropy.resume(space, CrossEntropySettings.DEFAULT.withPrior(prior), entropy));
        }
        if (state instanceof OptimizerState.Grid grid && this == GRID) {
            return Optional.of(GridSearch.resume(space, prior, grid));
        }
        if (state instanceof OptimizerState.Uniform uniform && this == RANDOM) {
            return Optional.of(RandomSearch.resume(space, prior, uniform));
        }
        return Optional.empty();
    }
}
