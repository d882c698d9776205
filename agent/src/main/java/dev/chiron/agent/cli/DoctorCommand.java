package dev.chiron.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.chiron.agent.BadInput;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.cost.Prices;
import dev.chiron.agent.spec.LlmSpec;
import dev.chiron.agent.spec.PriceFile;
import dev.chiron.agent.spec.Spec;
import dev.chiron.agent.start.TaskRunner;
import dev.chiron.agent.view.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code chiron doctor}: what works on this machine, and for a task. */
@Command(
        name = "doctor",
        description = {
            "What works here, and what to do about what does not.",
            "Looks at Java, disk, how trials are contained, git, Python, GPUs, Slurm, Ollama, the providers whose keys are set; of a task at its file, its script and its metric, by one run of the baseline, and its model."
        },
        footer = {
            "",
            "Exit code: 0, or that of run for the first thing that is broken: 2 the task or the model's name, 4 the model refuses,",
            "5 it does not answer, 6 the baseline fails, 1 the machine does."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final String USUAL = "chiron.yaml";

    private final Console console;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "TASK",
            description = "the task file (default: chiron.yaml, if there is one)")
    private @Nullable String task;

    @Option(
            names = "--llm",
            paramLabel = "MODEL",
            description = "look at this model instead of the task's, as in run --llm: asks it two small questions")
    private @Nullable String llm;

    @Option(names = "--no-baseline", description = "do not run the task's script")
    private boolean noBaseline;

    @Option(names = "--json", description = "write JSON instead of text")
    private boolean json;

    DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path file = console.path(task == null ? USUAL : task);
        Path folder = file.resolveSibling("chiron-study");
        if (llm != null && LlmSpec.models(llm).contains("none")) {
            throw new BadInput("--llm none: there is nothing to ask");
        }
        MachineFindings machine = new MachineFindings(console);
        List<Finding> findings = new ArrayList<>(machine.all(folder));
        Optional<TaskRunner> opened = Optional.empty();
        TaskFindings ofTask = new TaskFindings(console, file, folder);
        if (task == null && !Files.exists(file)) {
            findings.add(Finding.absent(
                    "task", "there is no " + USUAL + " here", "chiron init SCRIPT writes one for a script"));
        } else {
            opened = ofTask.read();
        }
        findings.addAll(ofTask.findings());
        try {
            if (opened.isPresent()) {
                findings.addAll(machine.wanted(opened.get().spec().crew()));
            }
            look(ofTask, opened, findings);
        } finally {
            opened.ifPresent(TaskRunner::close);
        }
        print(findings);
        return findings.stream()
                .mapToInt(Finding::exitCode)
                .filter(code -> code != 0)
                .findFirst()
                .orElse(0);
    }

    /** At the models, and at what the task's script does. */
    private void look(TaskFindings ofTask, Optional<TaskRunner> opened, List<Finding> findings)
            throws InterruptedException {
        ModelFindings models = new ModelFindings(console, options(opened.map(TaskRunner::spec)));
        findings.addAll(models.around());
        for (String spec : models(opened.map(TaskRunner::spec))) {
            findings.addAll(models.of(spec, prices(opened.map(TaskRunner::spec))));
        }
        if (opened.isPresent() && !noBaseline) {
            findings.add(ofTask.metric(opened.get()));
        }
    }

    private List<String> models(Optional<Spec> spec) {
        return llm != null
                ? LlmSpec.models(llm)
                : spec.map(one -> one.llm().models()).orElse(List.of()).stream()
                        .filter(model -> !model.equals("none") && !model.equals("perturb"))
                        .toList();
    }

    private static LlmOptions options(Optional<Spec> spec) {
        LlmOptions options = LlmOptions.defaults().withTimeout(Duration.ofMinutes(2));
        return spec.map(Spec::llm)
                .map(llm -> options.withUrl(llm.url().orElse(""))
                        .withTimeout(llm.timeout())
                        .withKeyEnv(llm.access().keyEnv().orElse(""))
                        .withEnv(llm.access().env()))
                .orElse(options);
    }

    private Prices prices(Optional<Spec> spec) {
        Prices named = spec.flatMap(one -> one.llm()
                        .prices()
                        .map(file -> PriceFile.read(one.folder().resolve(file))))
                .orElse(Prices.NONE);
        Prices own = PriceFile.personal(console.environment())
                .map(PriceFile::readIfThere)
                .orElse(Prices.NONE);
        return named.or(own).or(PriceFile.bundled());
    }

    private void print(List<Finding> findings) {
        if (json) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            findings.forEach(finding -> array.add(json(finding)));
            console.out().println(array);
            return;
        }
        Table table = new Table();
        for (Finding finding : findings) {
            table.row(finding.what(), finding.state().name(), finding.detail());
            if (!finding.advice().isEmpty()) {
                table.row("", "", "-> " + finding.advice());
            }
        }
        table.lines("").forEach(console.out()::println);
    }

    private static ObjectNode json(Finding finding) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("what", finding.what());
        object.put("state", finding.state().name());
        object.put("detail", finding.detail());
        if (!finding.advice().isEmpty()) {
            object.put("advice", finding.advice());
        }
        return object;
    }
}
