package dev.chiron.agent.propose;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.chiron.agent.Control;
import dev.chiron.agent.End;
import dev.chiron.agent.FixedTurns;
import dev.chiron.agent.StudyLoop;
import dev.chiron.agent.Turns;
import dev.chiron.agent.llm.LlmOptions;
import dev.chiron.agent.llm.Model;
import dev.chiron.agent.llm.Models;
import dev.chiron.agent.llm.RecordedModel;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.Recording;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.Observation;
import dev.chiron.optimizers.Optimizer;
import dev.chiron.optimizers.OptimizerState;
import dev.chiron.optimizers.cma.CmaEs;
import dev.chiron.optimizers.cma.CmaSettings;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Constraint;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Budget;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.prompts.describe.Task;
import dev.chiron.sandbox.run.Execution;
import dev.chiron.sandbox.run.Runner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Centaur study against a server that speaks as Ollama does, and talks nonsense on 30 % of its turns. */
class CentaurStudyTest {

    private static final int TRIALS = 210;
    private static final int WARMUP = 10;
    private static final double SHARE = 0.4;

    private static final SearchSpace SPACE = new SearchSpace(
            List.of(
                    new Parameter.Real("LR", 1e-4, 1, true),
                    new Parameter.Real("DECAY", 0, 0.5, false),
                    new Parameter.Whole("DEPTH", 2, 24),
                    new Parameter.Whole("BATCH", 16, 256, true, 1, true),
                    Parameter.Choice.of("KIND", "relu", "tanh", "gelu")),
            List.of(Constraint.parse("DEPTH * BATCH <= 4096")));

    private static final Objective OBJECTIVE = new Objective("loss", Objective.Goal.MINIMIZE);

    @TempDir
    Path folder;

    private final Ollama ollama = new Ollama();
    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().extensions(ollama));

    @AfterEach
    void stop() {
        server.stop();
    }

    private static Config baseline() {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("LR", new Value.Real(0.3));
        values.put("DECAY", new Value.Real(0.4));
        values.put("DEPTH", new Value.Whole(4));
        values.put("BATCH", new Value.Whole(32));
        values.put("KIND", new Value.Text("relu"));
        return SPACE.config(values);
    }

    /** A formula for a training run: a bowl, with failures where size is too large. */
    private static final class Formula implements Runner {
        private final List<Config> ran = new ArrayList<>();

        @Override
        public Execution run(Change change, Path workspace, boolean holdout) {
            Config config = change.config();
            ran.add(config);
            double lr = Math.log10(config.get("LR").asNumber().orElseThrow());
            double decay = config.get("DECAY").asNumber().orElseThrow();
            double depth = config.get("DEPTH").asNumber().orElseThrow();
            double batch = config.get("BATCH").asNumber().orElseThrow();
            boolean gelu = config.get("KIND").text().equals("gelu");
            Outcome outcome = depth * batch > 1000
                    ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "out of memory")
                    : new Outcome.Measured(
                            (lr + 2) * (lr + 2) + decay * decay + Math.pow(depth - 12, 2) / 100 + (gelu ? 0 : 0.2));
            return new Execution(outcome, Duration.ofSeconds(1), "", "", OptionalInt.of(0), "");
        }
    }

    /** Lets an optimizer work and keeps what it was told. */
    private record Overheard(Optimizer optimizer, List<Config> told, List<Config> infeasible) implements Optimizer {
        @Override
        public Origin origin() {
            return optimizer.origin();
        }

        @Override
        public Optional<Config> ask(Predicate<Config> wanted) {
            return optimizer.ask(wanted);
        }

        @Override
        public void withdraw(Config config) {
            optimizer.withdraw(config);
        }

        @Override
        public void tell(Observation observation) {
            (observation.kind() == Observation.Kind.INFEASIBLE ? infeasible : told).add(observation.config());
            optimizer.tell(observation);
        }

        @Override
        public OptimizerState state() {
            return optimizer.state();
        }
    }

    @Test
    void everyOriginIsTrueWhateverTheServerSays() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(WireMock.aResponse().withTransformers("ollama")));
        Formula formula = new Formula();
        Overheard optimizer = new Overheard(
                CmaEs.start(SPACE, baseline(), CmaSettings.DEFAULT, 11), new ArrayList<>(), new ArrayList<>());

        End end = run(formula, optimizer);

        assertThat(end).isEqualTo(End.DONE);
        List<Entry> entries =
                Recording.read(folder.resolve("study")).orElseThrow().entries();
        assertThat(entries).hasSize(TRIALS);
        assertTheShareIsExact(entries);
        assertThat(new HashSet<>(formula.ran)).as("no duplicates").hasSize(TRIALS);
        assertOriginsAreTrue(entries);
        assertNothingWasToldThatWasNotRun(entries, formula, optimizer);
    }

    private End run(Formula formula, Optimizer optimizer) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("OLLAMA_HOST", "http://127.0.0.1:" + server.port());
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));
        try (StudyFolder study = StudyFolder.open(folder.resolve("study"), "task: t\n", clock)) {
            Model model = new Models(environment, prompt -> "{}")
                    .open("ollama:test", LlmOptions.defaults())
                    .orElseThrow();
            Task task = new Task("Find the bottom.", OBJECTIVE, SPACE, baseline());
            CentaurProposer proposer = new CentaurProposer(
                    optimizer,
                    new Tactics(1.0 / 3, false),
                    new Partner.Speaker(new RecordedModel(model, study.llm()), new FixedTurns(SHARE, WARMUP), false),
                    task,
                    Optional.empty(),
                    11);
            StudyLoop loop = new StudyLoop(study, OBJECTIVE, proposer, 0, formula, event -> {}, new Control());
            return loop.run(baseline(), Budget.ofTrials(TRIALS));
        }
    }

    private static void assertTheShareIsExact(List<Entry> entries) {
        List<Entry> turns =
                entries.stream().filter(entry -> entry.turn().isPresent()).toList();
        assertThat(turns).hasSize((int) Math.round(SHARE * (TRIALS - WARMUP)));
        assertThat(turns).allMatch(entry -> entry.trial().number() >= WARMUP);
    }

    private void assertOriginsAreTrue(List<Entry> entries) {
        Set<Origin> seen = new HashSet<>();
        for (Entry entry : entries) {
            Origin origin = entry.trial().origin();
            seen.add(origin);
            boolean models = entry.turn().filter(turn -> !turn.isFallback()).isPresent();
            assertThat(origin.isModel()).as("trial %d", entry.trial().number()).isEqualTo(models);
            Map<String, Object> said = ollama.said.getOrDefault(entry.trial().number(), Map.of());
            if (origin == Origin.LLM) {
                assertThat(plain(entry.trial().config())).isEqualTo(said);
            } else if (origin == Origin.LLM_REPAIRED) {
                assertThat(entry.turn().orElseThrow().repairs()).isNotEmpty();
                assertThat(said).isNotEmpty();
            }
        }
        assertThat(seen).contains(Origin.BASELINE, Origin.CMA_ES, Origin.LLM, Origin.LLM_REPAIRED);
        assertThat(entries)
                .anyMatch(
                        entry -> entry.turn().filter(turn -> turn.isFallback()).isPresent());
        assertThat(ollama.garbage).as("kinds of garbage served").hasSize(10);
    }

    private static Map<String, Object> plain(Config config) {
        Map<String, Object> plain = new LinkedHashMap<>();
        config.values().forEach((name, value) -> plain.put(name, value.plain()));
        return plain;
    }

    private static void assertNothingWasToldThatWasNotRun(List<Entry> entries, Formula formula, Overheard optimizer) {
        assertThat(formula.ran)
                .isEqualTo(entries.stream().map(entry -> entry.trial().config()).toList());
        List<Config> measured = entries.stream()
                .filter(entry -> entry.trial().value().isPresent())
                .map(entry -> entry.trial().config())
                .toList();
        assertThat(optimizer.told()).isEqualTo(measured);
        List<Config> failed = entries.stream()
                .filter(entry -> entry.trial().value().isEmpty())
                .map(entry -> entry.trial().config())
                .toList();
        assertThat(optimizer.infeasible()).isEqualTo(failed).isNotEmpty();
    }

    /** Speaks as Ollama does. Of its turns 30 % are answered with garbage, of ten kinds, in every attempt. */
    private static final class Ollama implements ResponseDefinitionTransformerV2 {
        private final ObjectMapper json = new ObjectMapper();
        private final Random random = new Random(17);
        private final Map<Integer, Map<String, Object>> said = new LinkedHashMap<>();
        private final Set<Integer> garbage = new HashSet<>();
        private String lastPrefix = "";
        private int turn = -1;
        private int kind = -1;

        @Override
        public String getName() {
            return "ollama";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public synchronized ResponseDefinition transform(ServeEvent event) {
            if (!event.getRequest().getUrl().equals("/api/chat")) {
                return answer(404, "{\"error\":\"not here\"}").build();
            }
            noteTurn(event.getRequest().getBodyAsString());
            if (kind >= 0) {
                garbage.add(kind);
                return garbage(kind).build();
            }
            return chat(proposal().toString()).build();
        }

        /** A turn is known by the trial that it is for: a re-asked prompt begins as the one before it. */
        private void noteTurn(String body) {
            String prompt = prompt(body);
            String prefix = prompt.substring(0, Math.min(prompt.length(), lastPrefix.length()));
            if (lastPrefix.isEmpty() || !prefix.equals(lastPrefix)) {
                turn++;
                kind = turn % 10 < 3 ? turn / 10 * 3 % 10 + turn % 10 : -1;
                kind = kind > 9 ? kind - 10 : kind;
                lastPrefix = prompt;
            }
        }

        private String prompt(String body) {
            try {
                JsonNode messages = json.readTree(body).path("messages");
                return messages.get(messages.size() - 1).path("content").asText();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private ObjectNode proposal() {
            Map<String, Object> config = new LinkedHashMap<>();
            config.put("LR", Math.round(Math.pow(10, -4 + 4 * random.nextDouble()) * 1e6) / 1e6);
            config.put("DECAY", Math.round(random.nextDouble() * 5000) / 10000.0);
            config.put("DEPTH", 2L + random.nextInt(14));
            config.put("BATCH", 16L << random.nextInt(4));
            config.put("KIND", List.of("relu", "tanh", "gelu").get(random.nextInt(3)));
            if (turn % 7 == 6) {
                config.remove("DEPTH"); // the optimizer's own stands in, and the origin says so
            }
            said.put(trialOfTurn(), config);
            return json.valueToTree(config);
        }

        /** The trial of the model's turn of that number. */
        private int trialOfTurn() {
            Turns turns = new FixedTurns(SHARE, WARMUP);
            int trial = 0;
            for (int left = turn; ; trial++) {
                if (turns.isModels(trial) && left-- == 0) {
                    return trial;
                }
            }
        }

        private ResponseDefinitionBuilder garbage(int kind) {
            return switch (kind) {
                case 0 -> chat("I would raise the learning rate a little.");
                case 1 -> chat("{\"LR\": 0.01, \"DECAY\": 0.1, \"DEP");
                case 2 -> chat("{\"LR\": 5000, \"DECAY\": 0.1, \"DEPTH\": 8, \"BATCH\": 64, \"KIND\": \"relu\"}");
                case 3 -> chat("{\"LR\": 0.01, \"DECAY\": 0.1, \"DEPTH\": 8, \"BATCH\": 64, \"KIND\": \"swish\"}");
                case 4 -> chat("{\"LR\": 0.3, \"DECAY\": 0.4, \"DEPTH\": 4, \"BATCH\": 32, \"KIND\": \"relu\"}");
                case 5 -> chat("");
                case 6 -> answer(200, "<html><body>Bad Gateway</body></html>");
                case 7 -> answer(200, "{\"error\":\"model runner has unexpectedly stopped\"}");
                case 8 -> WireMock.aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK);
                default -> answer(400, "{\"error\":\"invalid option\"}");
            };
        }

        private ResponseDefinitionBuilder chat(String content) {
            ObjectNode reply = json.createObjectNode();
            reply.put("model", "test");
            reply.putObject("message").put("role", "assistant").put("content", content);
            reply.put("done", true)
                    .put("done_reason", "stop")
                    .put("prompt_eval_count", 900)
                    .put("eval_count", 60);
            return answer(200, reply.toString());
        }

        private static ResponseDefinitionBuilder answer(int status, String body) {
            return WireMock.aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/json")
                    .withBody(body);
        }
    }
}
