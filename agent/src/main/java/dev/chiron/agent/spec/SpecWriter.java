package dev.chiron.agent.spec;

import dev.chiron.optimizers.fidelity.Ladder;
import dev.chiron.optimizers.fidelity.Spread;
import dev.chiron.optimizers.space.Condition;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.ProgressSchedule;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.sandbox.run.Limits;
import dev.chiron.sandbox.run.MetricSource;
import dev.chiron.sandbox.run.Scoring;
import dev.chiron.sandbox.slurm.Allocation;
import dev.chiron.sandbox.slurm.Pace;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** Writes a spec as YAML in the keys of a chiron.yaml. Texts are quoted and numbers are not, so that both read back. */
record SpecWriter(Spec spec) {

    private static final Resolver RESOLVER = new Resolver();

    private static final String MASK = "***";

    String text(Path study) {
        Map<String, Node> root = new LinkedHashMap<>();
        root.put(FrozenSpec.PROJECT, quoted(project(study.toAbsolutePath().normalize())));
        root.putAll(task());
        return yaml(block(root));
    }

    /** As a task from which the study can be begun anew, without the values of variables that hold secrets. */
    String anew(Predicate<String> secret) {
        Map<String, Node> root = task();
        Map<String, String> env = new LinkedHashMap<>(spec.env());
        env.replaceAll((name, value) -> secret.test(name) ? MASK : value);
        root.put("env", block(texts(env)));
        Map<String, Node> llm = llm();
        llm.remove(ModelOrigin.KEY);
        root.put("llm", flow(llm));
        return yaml(block(root));
    }

    /** All but where the project lies. */
    private Map<String, Node> task() {
        Map<String, Node> root = new LinkedHashMap<>();
        root.put("task", quoted(spec.task()));
        root.put("script", quoted(spec.script()));
        root.put("run", quoted(spec.run()));
        root.put("env", block(texts(spec.env())));
        root.put(ObjectiveReader.METRIC, spec.objective().isSeveral() ? sequence(metrics()) : flow(metric()));
        if (!spec.objective().feasible().isEmpty()) {
            root.put(
                    ObjectiveReader.FEASIBLE,
                    list(spec.objective().feasible().stream()
                            .map(Constraint::text)
                            .toList()));
        }
        root.put("limits", flow(limits()));
        root.put("sandbox", flow(sandbox()));
        if (spec.executor().isSlurm()) {
            root.put("executor", plain(ExecutorSpec.SLURM));
            root.put(ExecutorSpec.SLURM, flow(slurm()));
        }
        root.put("caches", block(texts(spec.sandbox().caches())));
        root.put("readonly", list(spec.readonly()));
        root.putAll(scoring());
        root.put("space", block(space()));
        root.put(
                "constraints",
                list(spec.space().constraints().stream().map(Constraint::text).toList()));
        root.put("method", quoted(spec.method()));
        root.put("optimizer", quoted(spec.optimizer()));
        root.put("facts", flow(facts()));
        root.put("llm", flow(llm()));
        if (spec.method().equals(TaskReader.LLAMBO)
                || !spec.llm().asking().llambo().equals(LlamboSpec.usual())) {
            root.put("llambo", flow(llambo()));
        }
        root.put("budget", flow(budget()));
        root.put("seed", plain(spec.seed()));
        root.put("repeats", plain(spec.repeats()));
        if (spec.prune().isAsked()) {
            root.put(Key.PRUNE_BY.section(), flow(prune()));
        }
        spec.fidelity().ifPresent(known -> root.put(Key.FIDELITY_NAME.section(), flow(fidelity(known))));
        spec.checkpoints()
                .ifPresent(kept -> root.put(
                        Key.CHECKPOINTS_KEEP.section(), flow(Map.of("keep", plain(Quantity.text(kept.keep()))))));
        if (spec.method().equals(FidelitySpec.PBT)) {
            root.put(FidelitySpec.PBT, flow(population()));
        }
        if (spec.method().equals(FidelitySpec.HDET)) {
            root.put(FidelitySpec.HDET, flow(replicas()));
        }
        root.put("edits", flow(edits()));
        if (!spec.from().sources().isEmpty()) {
            root.put("from", flow(from()));
        }
        root.putAll(crew());
        return root;
    }

    /** Nothing where one trial runs after the other. */
    private Map<String, Node> crew() {
        CrewSpec crew = spec.crew();
        Map<String, Node> map = new LinkedHashMap<>();
        crew.asked().ifPresent(workers -> map.put(Key.WORKERS.dotted(), plain(workers)));
        if (!crew.gpus().isEmpty()) {
            map.put(Key.GPUS.dotted(), list(crew.gpus()));
        }
        if (crew.deterministic()) {
            map.put(Key.DETERMINISTIC.dotted(), plain(true));
        }
        return map;
    }

    /** Relative where the study lies in the project, so that both can be moved together. */
    private String project(Path study) {
        if (!study.startsWith(spec.folder())) {
            return spec.folder().toString();
        }
        return study.equals(spec.folder())
                ? "."
                : study.relativize(spec.folder()).toString();
    }

    private Map<String, Node> metric() {
        Map<String, Node> metric = new LinkedHashMap<>();
        metric.put("name", quoted(spec.objective().metric()));
        metric.put("goal", plain(spec.objective().goal().label()));
        if (spec.metric() instanceof MetricSource.JsonFile json) {
            Map<String, Node> from = new LinkedHashMap<>();
            from.put("file", quoted(json.file()));
            from.put("path", quoted(json.path()));
            metric.put("from", flow(from));
        } else {
            metric.put("from", plain("stdout"));
        }
        return metric;
    }

    private List<Node> metrics() {
        List<Node> metrics = new ArrayList<>(List.of(flow(metric())));
        for (Objective further : spec.objective().further()) {
            Map<String, Node> metric = new LinkedHashMap<>();
            metric.put("name", quoted(further.metric()));
            metric.put("goal", plain(further.goal().label()));
            metrics.add(flow(metric));
        }
        return metrics;
    }

    private Map<String, Node> edits() {
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("keep_level", plain(spec.edits().level()));
        map.put("repeats", plain(spec.edits().repeats()));
        map.put("ablation", plain(spec.edits().ablation()));
        map.put("lines", plain(spec.edits().lines()));
        return map;
    }

    private Map<String, Node> prune() {
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("by", plain(spec.prune().by()));
        if (!spec.prune().then().equals(Key.NONE)) {
            map.put("then", plain(spec.prune().then()));
        }
        spec.prune().settings().forEach((name, number) -> map.put(name, plain(number)));
        return map;
    }

    private static Map<String, Node> fidelity(FidelitySpec fidelity) {
        Ladder ladder = fidelity.ladder();
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("name", quoted(ladder.name()));
        map.put("min", value(ladder.least()));
        map.put("max", value(ladder.whole()));
        map.put("eta", plain(ladder.reduction()));
        if (fidelity.begin() != FidelityReader.usualBegin(ladder)) {
            map.put("start", value(ladder.amount(fidelity.begin()).amount()));
        }
        map.put("variant", plain(FidelityReader.word(fidelity.variant())));
        return map;
    }

    private Map<String, Node> replicas() {
        Spread spread = spec.replicas().spread();
        Map<String, Node> map = new LinkedHashMap<>();
        spec.replicas().parameter().ifPresent(name -> map.put("parameter", quoted(name)));
        map.put("replicas", plain(spread.replicas()));
        map.put("spread", plain(spread.ratio()));
        map.put("temperature", plain(spread.temperature()));
        map.put("momentum", plain(spread.momentum()));
        map.put("step", plain(spread.step()));
        spec.replicas().merge().ifPresent(merge -> map.put("merge", quoted(merge)));
        return map;
    }

    private Map<String, Node> population() {
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("population", plain(spec.population().members()));
        map.put("quantile", plain(spec.population().quantile()));
        map.put("resample", plain(spec.population().resample()));
        return map;
    }

    /** Nothing where a trial's own metric counts. */
    private Map<String, Node> scoring() {
        Scoring scoring = spec.scoring();
        Map<String, Node> map = new LinkedHashMap<>();
        if (scoring.isAsked()) {
            scoring.evaluate().ifPresent(command -> map.put(Key.EVALUATE.dotted(), quoted(command)));
            scoring.holdout().ifPresent(command -> map.put(Key.HOLDOUT.dotted(), quoted(command)));
            map.put(Key.ARTIFACTS.dotted(), quoted(scoring.artifacts()));
            map.put(ScoringReader.HIDDEN, list(scoring.hidden()));
        }
        return map;
    }

    private Map<String, Node> facts() {
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("cards", plain(spec.facts().told() ? Key.AUTO : FactsReader.NONE));
        spec.facts().given().forEach((quantity, number) -> map.put(quantity.key(), plain(number)));
        return map;
    }

    private Map<String, Node> from() {
        FromSpec from = spec.from();
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("sources", list(from.sources()));
        map.put("metric", from.metric().map(SpecWriter::quoted).orElse(plain(Key.NONE)));
        map.put("missing", plain(from.missingIsBaseline() ? FromSpec.BASELINE : FromSpec.REFUSE));
        return map;
    }

    private Map<String, Node> limits() {
        Limits limits = spec.limits();
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("time", plain(Quantity.text(limits.time())));
        map.put("memory", size(limits.memory()));
        map.put(
                "processes",
                plain(limits.processes().isPresent() ? limits.processes().getAsInt() : Key.AUTO));
        map.put("output", plain(Quantity.text(limits.output())));
        map.put("disk", size(limits.disk()));
        return map;
    }

    private Map<String, Node> sandbox() {
        SandboxSpec sandbox = spec.sandbox();
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("level", quoted(sandbox.level()));
        map.put("network", plain(sandbox.network()));
        map.put("read", list(sandbox.read()));
        sandbox.devices().ifPresent(devices -> map.put("devices", list(devices)));
        return map;
    }

    private Map<String, Node> slurm() {
        Allocation allocation = spec.executor().allocation();
        Pace pace = spec.executor().pace();
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("partition", name(allocation.partition()));
        map.put("account", name(allocation.account()));
        map.put("time", plain(allocation.time().map(Quantity::text).orElse(Key.AUTO)));
        map.put("gpus", name(allocation.gpus()));
        map.put("cpus", count(allocation.cpus()));
        map.put("memory", size(allocation.memory()));
        map.put("max_jobs", plain(pace.jobs()));
        map.put("array", plain(pace.array()));
        map.put("pending", plain(Quantity.text(pace.pending())));
        map.put("poll", plain(Quantity.text(pace.poll())));
        map.put("options", list(allocation.options()));
        map.put("setup", list(allocation.setup()));
        return map;
    }

    private static Node name(Optional<String> word) {
        return word.map(SpecWriter::quoted).orElse(plain(Key.NONE));
    }

    private Map<String, Node> llm() {
        LlmSpec llm = spec.llm();
        Map<String, Node> map = new LinkedHashMap<>();
        List<String> models = llm.models();
        map.put("model", models.size() == 1 ? quoted(models.get(0)) : list(models));
        if (!llm.origin().otherwise().isEmpty()) {
            map.put(ModelOrigin.KEY, quoted(llm.origin().otherwise()));
        }
        map.put("share", plain(llm.share().isPresent() ? llm.share().getAsDouble() : LlmSpec.ADAPTIVE));
        map.put("warmup", plain(llm.warmup()));
        map.put("url", llm.url().map(SpecWriter::quoted).orElse(plain(Key.NONE)));
        map.put("temperature", number(llm.temperature()));
        map.put("timeout", plain(Quantity.text(llm.timeout())));
        map.put("think", plain(llm.think()));
        map.put("required", plain(llm.required()));
        map.put("prices", llm.prices().map(SpecWriter::quoted).orElse(plain(Key.NONE)));
        map.put("max_tokens", count(llm.access().maxTokens()));
        map.put("context", count(llm.access().context()));
        map.put("key_env", plain(llm.access().keyEnv().orElse(Key.NONE)));
        List<String> env = llm.access().env();
        map.put("env", env.isEmpty() ? plain(Key.NONE) : quoted(String.join(" ", env)));
        List<String> prompts = llm.asking().prompts();
        map.put("prompt", prompts.size() == 1 ? plain(prompts.get(0)) : quoted(String.join(", ", prompts)));
        map.put("warm_start", plain(llm.asking().warmStart()));
        map.put("trial_usd", plain(llm.asking().trialUsd()));
        if (spec.method().equals(TaskReader.LLM) || !llm.asking().style().equals(LlmSpec.Asking.AGENT)) {
            map.put("style", plain(llm.asking().style()));
        }
        if (spec.method().equals(TaskReader.OPTOPRIME) || llm.asking().memory() != LlmSpec.Asking.USUAL_MEMORY) {
            map.put("memory", plain(llm.asking().memory()));
        }
        return map;
    }

    private Map<String, Node> llambo() {
        LlamboSpec llambo = spec.llm().asking().llambo();
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("mode", plain(llambo.mode()));
        map.put("surrogate", plain(llambo.surrogate()));
        map.put("alpha", plain(llambo.alpha()));
        map.put("candidates", plain(llambo.candidates()));
        map.put("context", plain(llambo.context()));
        return map;
    }

    private Map<String, Node> budget() {
        Map<String, Node> map = new LinkedHashMap<>();
        map.put("trials", count(spec.budget().trials()));
        if (spec.budget().trainings().isPresent()) {
            map.put("trainings", number(spec.budget().trainings()));
        }
        map.put(
                "train_time",
                plain(spec.budget().trainTime().map(Quantity::text).orElse(Key.NONE)));
        map.put("llm_usd", number(spec.budget().llmUsd()));
        OptionalLong tokens = spec.budget().llmTokens();
        map.put("llm_tokens", plain(tokens.isPresent() ? tokens.getAsLong() : Key.NONE));
        map.put("llm_calls", count(spec.budget().llmCalls()));
        return map;
    }

    private Map<String, Node> space() {
        Map<String, Node> space = new LinkedHashMap<>();
        Map<String, Value> start = spec.space().filled(spec.baseline());
        for (Parameter parameter : spec.space().parameters()) {
            String name = ProgressSchedule.inScript(parameter.name());
            if (space.containsKey(name)) {
                continue; // a further piece, written as the first
            }
            Map<String, Node> map = parameter(parameter);
            Optional<ProgressSchedule> schedule = spec.space().schedule(name);
            map.put(
                    "default",
                    schedule.map(one -> values(one, start))
                            .orElseGet(() -> value(Objects.requireNonNull(start.get(name)))));
            schedule.ifPresent(one -> map.put(ScheduleReader.SCHEDULE, schedule(one)));
            Optional<Double> prior = spec.priors().getOrDefault(parameter.name(), Optional.empty());
            if (spec.priors().containsKey(parameter.name())) {
                map.put("prior", plain(prior.isPresent() ? ParameterReader.text(parameter, prior.get()) : Key.NONE));
            }
            List<Condition> conditions = spec.space().conditions(parameter);
            if (!conditions.isEmpty()) {
                map.put(ParameterReader.WHEN, when(conditions));
            }
            space.put(name, flow(map));
        }
        return space;
    }

    private static Node values(ProgressSchedule schedule, Map<String, Value> start) {
        return sequence(schedule.pieces().stream()
                .map(piece -> value(Objects.requireNonNull(start.get(piece))))
                .toList());
    }

    private static Node schedule(ProgressSchedule schedule) {
        Map<String, Node> map = new LinkedHashMap<>();
        map.put(
                ScheduleReader.AT,
                sequence(schedule.points().stream().map(SpecWriter::plain).toList()));
        map.put(ScheduleReader.SHAPE, plain(schedule.shape().label()));
        return flow(map);
    }

    private static Node when(List<Condition> conditions) {
        Map<String, Node> map = new LinkedHashMap<>();
        conditions.forEach(condition -> map.put(
                condition.parent(),
                sequence(condition.values().stream().map(SpecWriter::value).toList())));
        return flow(map);
    }

    private static Map<String, Node> parameter(Parameter parameter) {
        Map<String, Node> map = new LinkedHashMap<>();
        if (parameter instanceof Parameter.Real real) {
            map.put("type", plain("float"));
            map.put("low", plain(real.low()));
            map.put("high", plain(real.high()));
            map.put("log", plain(real.log()));
        } else if (parameter instanceof Parameter.Whole whole) {
            map.put("type", plain("int"));
            map.put("low", plain(whole.low()));
            map.put("high", plain(whole.high()));
            map.put("log", plain(whole.log()));
            map.put("step", plain(whole.step()));
            map.put("powers_of_two", plain(whole.powersOfTwo()));
        } else if (parameter instanceof Parameter.Choice choice) {
            map.put("type", plain("choice"));
            map.put(
                    "options",
                    sequence(choice.options().stream().map(SpecWriter::value).toList()));
            map.put("ordered", plain(choice.ordered()));
        }
        return map;
    }

    private static Node value(Value value) {
        return value instanceof Value.Text text ? quoted(text.text()) : plain(value.text());
    }

    private static Node size(OptionalLong bytes) {
        return plain(bytes.isPresent() ? Quantity.text(bytes.getAsLong()) : Key.AUTO);
    }

    private static Node count(OptionalInt count) {
        return plain(count.isPresent() ? count.getAsInt() : Key.NONE);
    }

    private static Node number(OptionalDouble number) {
        return plain(number.isPresent() ? number.getAsDouble() : Key.NONE);
    }

    static Node plain(Object word) {
        String text = word.toString();
        Tag tag = RESOLVER.resolve(NodeId.scalar, text, true);
        return new ScalarNode(tag, text, null, null, ScalarStyle.PLAIN);
    }

    static Node quoted(String text) {
        return new ScalarNode(Tag.STR, text, null, null, ScalarStyle.DOUBLE_QUOTED);
    }

    private static Node list(List<String> texts) {
        return sequence(texts.stream().map(SpecWriter::quoted).toList());
    }

    private static Node sequence(List<Node> items) {
        return new SequenceNode(Tag.SEQ, items, FlowStyle.FLOW);
    }

    private static Map<String, Node> texts(Map<String, String> texts) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        texts.forEach((name, text) -> nodes.put(name, quoted(text)));
        return nodes;
    }

    static Node flow(Map<String, Node> entries) {
        return mapping(entries, FlowStyle.FLOW);
    }

    static Node block(Map<String, Node> entries) {
        return mapping(entries, FlowStyle.BLOCK);
    }

    private static Node mapping(Map<String, Node> entries, FlowStyle style) {
        List<NodeTuple> tuples = new ArrayList<>();
        entries.forEach((key, value) -> tuples.add(new NodeTuple(plain(key), value)));
        return new MappingNode(Tag.MAP, tuples, style);
    }

    static String yaml(Node root) {
        DumperOptions options = new DumperOptions();
        options.setSplitLines(false);
        options.setWidth(Integer.MAX_VALUE);
        StringWriter text = new StringWriter();
        new Yaml(options).serialize(root, text);
        return text.toString();
    }
}
