package dev.chiron.evals;

import dev.chiron.agent.AdaptiveTurns;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.Bandit;
import dev.chiron.agent.CoinTurns;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.Turns;
import dev.chiron.agent.cli.Console;
import dev.chiron.agent.llm.Builtin;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.cost.MeteredModel;
import dev.chiron.agent.llm.cost.Price;
import dev.chiron.agent.llm.cost.Tariff;
import dev.chiron.agent.propose.AgentHpo;
import dev.chiron.agent.propose.Llambo;
import dev.chiron.agent.propose.Llm;
import dev.chiron.agent.propose.Manner;
import dev.chiron.agent.propose.Method;
import dev.chiron.agent.propose.OptoPrime;
import dev.chiron.agent.propose.Panel;
import dev.chiron.agent.propose.Partner;
import dev.chiron.agent.propose.Tactics;
import dev.chiron.agent.spec.FidelitySpec;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.agent.spec.PriceFile;
import dev.chiron.evals.compare.Contender;
import dev.chiron.evals.compare.Fault;
import dev.chiron.evals.compare.Without;
import dev.chiron.prompts.describe.LlmPrompt;
import dev.chiron.prompts.describe.Program;
import dev.chiron.prompts.describe.PromptStyle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which teams {@code centaur}, {@code llambo}, {@code llm}, {@code llm-tpe}, {@code optoprime} and {@code agent-hpo} stand for: optimizers, models, and how they share the turns. */
final class TeamOptions {

    @Option(
            names = "--llm",
            split = ";",
            defaultValue = "none",
            paramLabel = "MODEL",
            description =
                    "the models of centaur, llambo, llm, llm-tpe, optoprime and agent-hpo, parted by semicolons: none, builtin, perturb, ollama:NAME, command:PROGRAM ARGS, …;"
                            + " several with commas share the turns, beside each alone (default: ${DEFAULT-VALUE})")
    private List<String> models = List.of();

    @Option(
            names = "--optimizer",
            split = ",",
            defaultValue = "gp",
            paramLabel = "METHOD",
            description = "the optimizers of centaur, and what stands by llambo (default: ${DEFAULT-VALUE})")
    private List<String> optimizers = List.of();

    /** The methods in which a model proposes by itself, a config a turn. */
    private static final List<Method> SOLO = List.of(Method.LLM, Method.LLM_TPE, Method.OPTOPRIME, Method.AGENT_HPO);

    private static final String ADAPTIVE = "adaptive";
    private static final String SHARE = "0.3";
    private static final String WARMUP = "10";
    private static final String USUAL_STYLE = "agent";
    private static final double EVEN = 0.5; // the coin of llm-tpe

    @Option(
            names = "--llm-share",
            defaultValue = SHARE,
            paramLabel = "SHARE",
            description = "the model's share of the trials after the warm-up, or adaptive (default: ${DEFAULT-VALUE})")
    private String share = "";

    @Option(
            names = "--llm-warmup",
            defaultValue = WARMUP,
            paramLabel = "N",
            description = "trials before the model's first turn (default: ${DEFAULT-VALUE})")
    private int warmup;

    @Option(
            names = "--llm-timeout",
            defaultValue = "600",
            paramLabel = "SECONDS",
            description = "the longest wait for a model, then the optimizer has its turn (default: ${DEFAULT-VALUE})")
    private double timeout;

    @Option(
            names = "--local",
            paramLabel = "SHARE",
            description = "the share of the optimizer's turns that move the incumbent (default: as in a study)")
    private double local = -1;

    @Option(names = "--infeasible", description = "also runs what will almost surely fail, as the first Centaur did")
    private boolean infeasible;

    @Option(
            names = "--fault",
            split = ",",
            paramLabel = "FAULT",
            description = "repeats what went wrong in the published runs: restart, repeats, penalty")
    private List<String> faults = List.of();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "PART",
            description =
                    "what the models are not told: state (centaur alone), task (the user's words, what is known of failures), facts (what papers say), history, examples")
    private List<String> without = List.of();

    @Option(
            names = "--llambo",
            split = ",",
            paramLabel = "KEY=VALUE",
            description = "how llambo asks, as in chiron.yaml: mode, surrogate, alpha, candidates, context")
    private Map<String, String> asking = new LinkedHashMap<>();

    @Option(
            names = "--llm-style",
            defaultValue = "agent",
            paramLabel = "STYLE",
            description = "how llm asks: agent, chat, compressed, opro (default: ${DEFAULT-VALUE})")
    private String style = "";

    @Option(names = "--no-controls", description = "runs no controls beside a team with a model")
    private boolean alone;

    /** Whoever stands behind a method's name. */
    List<Contender> of(String method, Console console) {
        Optional<Method> solo =
                SOLO.stream().filter(one -> one.label().equals(method)).findFirst();
        if (solo.isPresent()) {
            return soloists(solo.get(), console);
        }
        if (method.equals(Method.LLAMBO.label())) {
            return llambos(console);
        }
        if (FidelitySpec.METHODS.contains(method.split(":", 2)[0])) {
            return List.of(inParts(method));
        }
        return method.equals(Method.CENTAUR.label()) ? contenders(console) : RunOptions.alone(List.of(method));
    }

    /** {@code asha}, or {@code asha:tpe} with another optimizer for the new configs than the usual one. */
    private static Contender inParts(String name) {
        String[] words = name.split(":", 2);
        String optimizer = words.length == 2 ? words[1] : FidelitySpec.usualOptimizer(words[0]);
        List<String> able = Stream.concat(Method.optimizers().stream(), Stream.of(Method.RANDOM.label()))
                .toList();
        if (!able.contains(optimizer)) {
            throw new BadInput("--method " + name + ": none of " + String.join(", ", able) + " after the colon");
        }
        return Contender.inParts(
                Method.labelled(words[0]).orElseThrow(),
                Method.labelled(optimizer).orElseThrow());
    }

    /** Every model that proposes by itself, each with its controls before it and none of them twice. */
    private List<Contender> soloists(Method method, Console console) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (String model : models) {
            if (model.equals("none")) {
                throw new BadInput("--method " + method.label()
                        + " is a language model's: name one with --llm, such as --llm builtin");
            }
            List<String> beside = alone ? List.of() : List.of(Partner.Perturb.NAME, "builtin");
            beside.forEach(other -> add(contenders, soloist(method, console, other)));
            add(contenders, soloist(method, console, model));
        }
        return List.copyOf(contenders.values());
    }

    private Contender soloist(Method method, Console console, String model) {
        Set<Without> untold = untold(method);
        boolean tossed = method == Method.LLM_TPE;
        Manner manner = manner(method);
        LongFunction<Turns> turns = seed -> tossed ? new CoinTurns(EVEN, 1, seed) : new FixedTurns(1, 1);
        LongFunction<Partner> partner = model.equals(Partner.Perturb.NAME)
                ? seed -> new Partner.Perturb(turns.apply(seed))
                : seed -> new Partner.Speaker(
                        panel(console, model, seed, untold), turns.apply(seed), false, Optional.of(manner));
        try {
            Method optimizer = tossed ? Method.TPE : Method.SOBOL;
            Contender team = Contender.team(optimizer, tactics(optimizer), partner);
            String name = method.label() + "+" + partner.apply(0).label()
                    + (team.isPerturbed() || method != Method.LLM || style.equals(USUAL_STYLE)
                            ? ""
                            : " style=" + style);
            return named(new Contender(name, optimizer, team.tactics(), partner), false, untold);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--llm " + model + ": " + e.getMessage(), e);
        }
    }

    private Manner manner(Method method) {
        return switch (method) {
            case LLM_TPE -> new Llm(LlmPrompt.Style.TPE);
            case OPTOPRIME -> new OptoPrime(OptoPrime.MEMORY, Program.UNKNOWN, number -> List.of());
            case AGENT_HPO -> new AgentHpo(number -> List.of());
            default -> new Llm(style());
        };
    }

    private LlmPrompt.Style style() {
        return LlmPrompt.Style.labelled(style)
                .orElseThrow(() -> new BadInput("--llm-style " + style + ": none of agent, chat, compressed, opro"));
    }

    /** Every team, each with its controls before it and none of them twice. */
    private List<Contender> contenders(Console console) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (String name : optimizers) {
            Method optimizer = optimizer(name);
            for (String model : models) {
                controls(model).forEach(other -> add(contenders, team(console, optimizer, other)));
                if (!model.equals("none") && !alone) {
                    add(contenders, Contender.plain());
                }
                add(contenders, team(console, optimizer, model));
            }
        }
        return List.copyOf(contenders.values());
    }

    /** LLAMBO with every model, each with its controls before it and none of them twice. */
    private List<Contender> llambos(Console console) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (String name : optimizers) {
            Method optimizer = optimizer(name);
            for (String model : models) {
                if (model.equals("none")) {
                    throw new BadInput(
                            "--method llambo is a language model's: name one with --llm, such as --llm builtin");
                }
                List<String> beside = alone ? List.of() : List.of(Partner.Perturb.NAME, "builtin");
                beside.forEach(other -> add(contenders, llambo(console, optimizer, other)));
                add(contenders, llambo(console, optimizer, model));
            }
        }
        return List.copyOf(contenders.values());
    }

    private Contender llambo(Console console, Method optimizer, String model) {
        LlamboOption option = new LlamboOption(asking);
        Llambo settings = option.settings();
        Turns all = new FixedTurns(1, Llambo.FIRST);
        Set<Without> untold = untold(Method.LLAMBO);
        LongFunction<Partner> partner = model.equals(Partner.Perturb.NAME)
                ? seed -> new Partner.Perturb(all)
                : seed -> new Partner.Speaker(panel(console, model, seed, untold), all, false, Optional.of(settings));
        try {
            Contender contender = Contender.llambo(optimizer, tactics(optimizer), partner);
            String beside = optimizer == Method.GP ? "" : " optimizer=" + optimizer.label();
            return named(
                    contender.named(contender.name() + beside + (contender.isPerturbed() ? "" : option.label())),
                    false,
                    untold);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--llm " + model + ": " + e.getMessage(), e);
        }
    }

    private static Method optimizer(String name) {
        if (!Method.optimizers().contains(name)) {
            throw new BadInput("--optimizer " + name + ": none of " + String.join(", ", Method.optimizers()));
        }
        return Method.labelled(name).orElseThrow();
    }

    private List<String> controls(String model) {
        if (model.equals("none") || alone) {
            return List.of();
        }
        List<String> controls = new ArrayList<>(List.of("none", Partner.Perturb.NAME, "builtin"));
        List<String> members = LlmSpec.models(model);
        controls.addAll(members.size() > 1 ? members : List.of());
        return controls;
    }

    private static void add(Map<String, Contender> contenders, Contender contender) {
        contenders.putIfAbsent(contender.name(), contender);
    }

    private Contender team(Console console, Method optimizer, String model) {
        turns(); // a wrong share is told before anything runs
        if (model.equals("none")) {
            return named(new Contender(optimizer.label(), optimizer, tactics(optimizer), seed -> new Partner.Nobody()));
        }
        if (model.equals(Partner.Perturb.NAME)) {
            return named(Contender.team(optimizer, tactics(optimizer), seed -> new Partner.Perturb(turns())));
        }
        LongFunction<Partner> partner =
                seed -> new Partner.Speaker(panel(console, model, seed, untold()), turns(), false);
        try {
            return named(Contender.team(optimizer, tactics(optimizer), partner));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--llm " + model + ": " + e.getMessage(), e);
        }
    }

    /** One model alone, or several as in a study: each priced, since they are chosen by what they bring for a dollar. */
    private Panel panel(Console console, String model, long seed, Set<Without> untold) {
        Models models = new Models(console.environment(), new Builtin()::reply);
        LlmOptions llm = LlmOptions.defaults().withTimeout(Duration.ofMillis(Math.round(timeout * 1000)));
        List<String> names = LlmSpec.models(model);
        if (names.size() == 1) {
            return Panel.of(metered(models, model, llm, untold), PromptStyle.FULL);
        }
        List<Panel.Member> members = new ArrayList<>();
        for (String name : names) {
            Model priced = metered(models, name, llm, untold);
            members.add(new Panel.Member(priced.name(), priced, PromptStyle.FULL));
        }
        List<String> authors = members.stream().map(Panel.Member::name).toList();
        Bandit bandit = new Bandit(authors, LlmSpec.Asking.usual().trialUsd(), seed);
        return new Panel(members, bandit, new LinkedHashMap<>());
    }

    /** Priced, its tokens estimated where nobody counts them; of rules of thumb too, to say what a model would have read, but these are free. */
    private Model metered(Models models, String name, LlmOptions llm, Set<Without> untold) {
        Optional<Price> price = name.equals("builtin")
                ? Optional.of(Price.FREE)
                : PriceFile.bundled().of(name);
        return new MeteredModel(told(models, name, llm, untold), new Tariff(price, true));
    }

    private static Model told(Models models, String name, LlmOptions llm, Set<Without> untold) {
        Model model = models.open(name, llm)
                .orElseThrow(() -> new IllegalArgumentException(name + " cannot share turns with others"));
        return Without.model(model, untold);
    }

    private Turns turns() {
        if (share.equals(ADAPTIVE)) {
            return new AdaptiveTurns(warmup);
        }
        try {
            return new FixedTurns(Double.parseDouble(share), warmup);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    "--llm-share " + share + " --llm-warmup " + warmup
                            + ": the share is a number from 0 to 1 or adaptive, the warm-up at least 0",
                    e);
        }
    }

    /** What is not as in a study is said. */
    private Contender named(Contender contender) {
        return named(contender, contender.name().contains("+"), untold());
    }

    /** @param sharesTurns whether a model has a share of the turns that can be another */
    private Contender named(Contender contender, boolean sharesTurns, Set<Without> untold) {
        boolean hasModel = contender.name().contains("+");
        Set<Fault> made = faults();
        String name = contender.name()
                + (sharesTurns && !share.equals(ADAPTIVE) && !share.equals(SHARE) ? " share=" + share : "")
                + (sharesTurns && !WARMUP.equals(String.valueOf(warmup)) ? " warmup=" + warmup : "")
                + (local < 0 || contender.isPerturbed() ? "" : " local=" + local)
                + (infeasible ? " infeasible" : "")
                + (share.equals(ADAPTIVE) && sharesTurns ? " adaptive" : "")
                + (hasModel && !contender.isPerturbed()
                        ? untold.stream()
                                .map(part -> " without-" + part.label())
                                .collect(Collectors.joining())
                        : "")
                + made.stream().map(fault -> " " + fault.label()).collect(Collectors.joining());
        return new Contender(name, contender.optimizer(), contender.tactics(), contender.partner(), made);
    }

    /** What of it the prompts of a method with a model have. */
    private Set<Without> untold(Method method) {
        Set<Without> untold = untold();
        untold.removeIf(part -> !part.isOf(method));
        return untold;
    }

    /**
     * Says of which methods' prompts something cannot be left out, since they do not have it; these are then run as they are.
     *
     * @throws BadInput for a part that is in the prompts of none of the methods
     */
    void checkParts(List<String> methods, Console console) {
        List<Method> asking = Without.METHODS.stream()
                .filter(method -> methods.contains(method.label()))
                .toList();
        for (Without part : untold()) {
            String without = "--without " + part.label() + ": ";
            if (asking.isEmpty()) {
                throw new BadInput(without + "none of these methods asks a model: " + String.join(", ", methods));
            }
            List<String> others = asking.stream()
                    .filter(method -> !part.isOf(method))
                    .map(Method::label)
                    .toList();
            if (others.size() == asking.size()) {
                throw new BadInput(without + "the prompts of " + String.join(", ", others) + " tell nothing of it");
            }
            if (!others.isEmpty()) {
                console.err()
                        .println("Note: " + without + "the prompts of " + String.join(", ", others)
                                + " tell nothing of it, so " + (others.size() == 1 ? "it is" : "they are")
                                + " run without that change, under the usual name");
            }
        }
    }

    private Set<Without> untold() {
        Set<Without> untold = new LinkedHashSet<>();
        for (String name : without) {
            untold.add(Stream.of(Without.values())
                    .filter(part -> part.label().equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            new BadInput("--without " + name + ": none of state, task, facts, history, examples")));
        }
        return untold;
    }

    private Set<Fault> faults() {
        Set<Fault> made = new LinkedHashSet<>();
        for (String name : faults) {
            made.add(Stream.of(Fault.values())
                    .filter(fault -> fault.label().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new BadInput("--fault " + name + ": none of restart, repeats, penalty")));
        }
        return made;
    }

    /** The models that were named. */
    List<String> models() {
        return List.copyOf(models);
    }

    private Tactics tactics(Method optimizer) {
        Tactics usual = optimizer.tactics();
        return new Tactics(local < 0 ? usual.localShare() : local, usual.feasible() && !infeasible, usual.novel());
    }
}
