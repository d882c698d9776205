package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.Answer;
import dev.chiron.agent.llm.HostedProbe;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.OllamaProbe;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.agent.spec.SandboxSpec;
import dev.chiron.agent.start.Language;
import dev.chiron.agent.start.ModelCheck;
import dev.chiron.agent.start.Sandboxes;
import dev.chiron.optimizers.space.Numbers;
import dev.chiron.sandbox.isolate.Cgroups;
import dev.chiron.sandbox.isolate.Isolation;
import dev.chiron.sandbox.isolate.Probe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chiron doctor}: what works on this machine. */
@Command(
        name = "doctor",
        description =
                "What works here: Java, how trials are contained, git, Python, GPU, Slurm, Ollama, each provider whose key is set, and a model of your choice.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final LlmOptions OPTIONS = LlmOptions.defaults().withTimeout(Duration.ofMinutes(2));
    private static final int SHOWN = 3;

    private final Console console;

    @Option(
            names = "--llm",
            paramLabel = "MODEL",
            description = "also ask this model a small question, as in run --llm")
    private @Nullable String llm;

    @Option(names = "--json", description = "write JSON instead of text")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    /** One thing looked at. */
    private record Finding(String what, State state, String detail) {}

    private enum State {
        ok,
        absent,
        broken
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding(
                "java",
                State.ok,
                Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores, heap up to "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB"));
        findings.addAll(sandbox());
        Programs programs = new Programs(console.environment());
        findings.add(program(programs, "git", "--version"));
        findings.add(program(programs, "python3", "--version"));
        findings.add(program(programs, "nvidia-smi", "-L"));
        findings.add(program(programs, "sbatch", "--version"));
        findings.add(ollama());
        models().hosted().forEach(found -> findings.add(hosted(found)));
        if (llm != null) {
            for (String spec : LlmSpec.models(llm)) {
                findings.addAll(model(spec));
            }
        }
        print(findings);
        return findings.stream().anyMatch(finding -> finding.state() == State.broken) ? 1 : 0;
    }

    /** What keeps trials in: each level, and how limits are kept. */
    private List<Finding> sandbox() {
        Sandboxes sandboxes = new Sandboxes(console.surroundings());
        Isolation best = sandboxes.choose(SandboxSpec.AUTO).level();
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding("sandbox", State.ok, "trials run in: " + best.label()));
        for (Isolation level : List.of(Isolation.BUBBLEWRAP, Isolation.UNSHARE)) {
            Probe.Finding found = sandboxes.look(level);
            State state = found.walls().isPresent() ? State.ok : State.absent;
            findings.add(new Finding("  " + level.label(), state, found.detail()));
        }
        Optional<Cgroups> groups = sandboxes.groups();
        findings.add(
                new Finding(
                        "  cgroups",
                        groups.isPresent() ? State.ok : State.absent,
                        groups.map(found -> "version " + found.version()
                                        + ": the kernel keeps the limits of memory and processes")
                                .orElse(
                                        "none may be made here: the limits of memory and processes are kept by looking every "
                                                + "50 ms; with systemd, `systemd-run --user --scope -p Delegate=yes chiron …` may change that")));
        return findings;
    }

    private static Finding program(Programs programs, String name, String flag) throws InterruptedException {
        Optional<String> output = programs.output(name, flag);
        return new Finding(
                name,
                output.isPresent() ? State.ok : State.absent,
                output.map(text -> text.lines().collect(Collectors.joining("; ")))
                        .orElse("not found or not working"));
    }

    private Finding ollama() {
        OllamaProbe.Finding found = new OllamaProbe(console.environment()).look();
        String models =
                found.models().stream().map(OllamaProbe.LocalModel::name).collect(Collectors.joining(", "));
        return found.answers()
                ? new Finding("ollama", State.ok, found.url() + ", models: " + (models.isEmpty() ? "none" : models))
                : new Finding("ollama", State.absent, "no answer at " + found.url());
    }

    private Models models() {
        return Language.models(console.surroundings());
    }

    /** A provider whose key is set: whether it takes the key, and the first of its models with what it says of them. */
    private static Finding hosted(HostedProbe.Finding found) {
        if (!found.trouble().isEmpty()) {
            return new Finding(found.provider(), State.broken, found.trouble());
        }
        String first =
                found.models().stream().limit(SHOWN).map(DoctorCommand::offer).collect(Collectors.joining(", "));
        int left = found.models().size() - SHOWN;
        return new Finding(
                found.provider(), State.ok, "the key is taken; " + first + (left > 0 ? ", " + left + " more" : ""));
    }

    private static String offer(HostedProbe.Offer offer) {
        List<String> known = new ArrayList<>();
        offer.context().ifPresent(context -> known.add(Texts.count(context) + " tokens"));
        offer.schemas().ifPresent(schemas -> known.add(schemas ? "JSON schema" : "no JSON schema"));
        return offer.name() + (known.isEmpty() ? "" : " (" + String.join(", ", known) + ")");
    }

    private List<Finding> model(String spec) throws InterruptedException {
        Model model = open(spec);
        List<Finding> findings = new ArrayList<>();
        if (ModelCheck.isRemote(spec)) {
            OptionalInt length = models().contextLength(spec, OPTIONS);
            String needed = spec.startsWith("ollama:") ? " at most; each request asks for what it needs" : "";
            findings.add(
                    length.isPresent()
                            ? new Finding("context", State.ok, Texts.count(length.getAsInt()) + " tokens" + needed)
                            : new Finding("context", State.absent, "the server does not say"));
            OptionalDouble billions = models().billions(spec, OPTIONS);
            findings.add(new Finding(
                    "prompt",
                    State.ok,
                    Language.style(billions).label() + ": "
                            + (billions.isPresent()
                                    ? "it has " + Numbers.text(billions.getAsDouble(), 3) + " billion parameters"
                                    : "how many parameters it has is not known")
                            + "; llm.prompt overrules that"));
        }
        Instant start = console.clock().instant();
        Answer answer = ModelCheck.ask(model);
        String took = Texts.time(Duration.between(start, console.clock().instant()));
        if (answer instanceof Answer.Replied replied) {
            findings.add(new Finding(
                    "model",
                    State.ok,
                    model.name() + " answered in " + took + ", "
                            + replied.usage().tokensIn() + " tokens in, "
                            + replied.usage().tokensOut() + " out"));
            findings.add(
                    ModelCheck.isJson(replied.text())
                            ? new Finding("json", State.ok, "it answers in the JSON that was asked for")
                            : new Finding(
                                    "json",
                                    State.absent,
                                    "its reply was not the JSON asked for; expect replies sent back"));
        } else if (answer instanceof Answer.Refused refused) {
            findings.add(new Finding("model", State.broken, refused.why()));
        } else if (answer instanceof Answer.Unreachable unreachable) {
            findings.add(new Finding("model", State.broken, unreachable.why()));
        } else {
            throw new AssertionError(answer);
        }
        return findings;
    }

    private Model open(String spec) {
        try {
            return models().open(spec, OPTIONS).orElseThrow(() -> new BadInput("--llm none: there is nothing to ask"));
        } catch (IllegalArgumentException e) {
            throw new BadInput("--llm: " + e.getMessage(), e);
        }
    }

    private void print(List<Finding> findings) {
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            findings.forEach(finding -> array.addObject()
                    .put("what", finding.what())
                    .put("state", finding.state().name())
                    .put("detail", finding.detail()));
            console.out().println(array);
            return;
        }
        Table table = new Table();
        findings.forEach(finding -> table.row(finding.what(), finding.state().name(), finding.detail()));
        table.lines("").forEach(console.out()::println);
    }
}
