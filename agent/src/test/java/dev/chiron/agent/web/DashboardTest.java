package dev.chiron.agent.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.chiron.agent.llm.KeyMask;
import dev.chiron.agent.llm.Usage;
import dev.chiron.agent.start.Surroundings;
import dev.chiron.agent.store.Asked;
import dev.chiron.agent.store.Entry;
import dev.chiron.agent.store.ModelTurn;
import dev.chiron.agent.store.StudyFolder;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server as a program sees it; the page is another test's. */
class DashboardTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-21T05:00:00Z"));
    private static final String KEY = "sk-secret-0123456789";
    private static final String SPEC = """
            project: ..
            task: find the bottom
            script: train.sh
            run: sh {script} {X}
            metric: { name: loss, goal: minimize, from: stdout }
            space:
              X: { type: float, low: 0, high: 1, default: 0.5 }
              KIND: { type: choice, options: [plain, "with %s in it"], default: plain }
            method: cma-es
            seed: 1
            """.formatted(KEY);

    @TempDir
    Path parent;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private StudyFolder study;
    private Dashboard dashboard;
    private String address;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(parent.resolve("train.sh"), "echo loss: $1\n");
        Files.writeString(parent.resolve("outside.txt"), "not for you");
        Path folder = parent.resolve("chiron-study");
        study = StudyFolder.open(folder, SPEC, CLOCK);
        study.keepScript(parent.resolve("train.sh"));
        study.append(entry(0, 0.5, new Outcome.Measured(0.25)));
        study.append(entry(1, 0.2, new Outcome.Measured(0.125)));
        study.append(entry(2, 0.9, new Outcome.Failed(Outcome.Reason.CRASHED, "the server said " + KEY)));
        study.keep(2, Map.of("tail.log", "key " + KEY + "\n\u001b[31mred\n"));
        dashboard = dashboard(Optional.empty());
        address = dashboard.address();
    }

    private Dashboard dashboard(Optional<String> token) throws IOException {
        Map<String, Path> studies = new LinkedHashMap<>();
        studies.put("chiron-study", parent.resolve("chiron-study"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("OPENAI_API_KEY", KEY);
        Dashboard made = new Dashboard(
                studies,
                "127.0.0.1",
                0,
                token,
                KeyMask.of(environment),
                new Surroundings(parent, new LinkedHashMap<>(), CLOCK, note -> {}));
        made.start();
        return made;
    }

    @AfterEach
    void stop() {
        dashboard.close();
        study.close();
    }

    private static Entry entry(int number, double x, Outcome outcome) {
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("X", new Value.Real(x));
        values.put("KIND", new Value.Text(number == 1 ? "with " + KEY + " in it" : "plain"));
        Optional<ModelTurn> turn = number == 1
                ? Optional.of(
                        new ModelTurn("", List.of(), List.of(), new Usage(1, 20, 3), new Asked("0001", "a:b", "", "")))
                : Optional.empty();
        return new Entry(
                new Trial(
                        number,
                        new Change.Settings(Config.of(values)),
                        number == 0 ? Origin.BASELINE : Origin.LLM,
                        outcome,
                        Duration.ofMillis(1500)),
                turn,
                Optional.empty());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(address).resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode asked(String path) throws Exception {
        HttpResponse<String> answer = get("/api/studies" + path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    @Test
    void everyAnswerKeepsThePageToItself() throws Exception {
        for (String path : List.of("/", "/main.js", "/d3.js", "/api/studies", "/api/studies/0/columns", "/nothing")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.headers().firstValue("Content-Security-Policy"))
                    .as(path)
                    .hasValueSatisfying(policy -> assertThat(policy)
                            .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                            .doesNotContain("unsafe"));
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
    }

    @Test
    void thePageHasNoScriptOrStyleWithinIt() throws Exception {
        assertThat(get("/").body())
                .doesNotContain("<style", "style=", "onclick", "http://", "https://")
                .containsPattern("<script src=\"/main.js\" type=\"module\"></script>");
    }

    /** Whatever the client's own library would make of the path: nothing but what is listed is ever opened. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../outside.txt",
                "/..%2f..%2foutside.txt",
                "/views/../../outside.txt",
                "/%2e%2e/%2e%2e/outside.txt",
                "/chiron-study/journal.jsonl",
                "/etc/passwd",
                "//etc/passwd",
                "/index.html",
                "/Dashboard.class",
                "/api/studies/1",
                "/api/studies/../../outside.txt",
                "/api/studies/0/trial?number=../../outside.txt",
                "/api/studies/0/trial?number=-1",
                "/api/studies/0/talk?number=99",
                "/api/studies/0/difference?from=../../outside.txt&to=root",
                "/api/studies/0/values?x=%00&y=..",
                "/api/studies/0/nothing"
            })
    void nothingElseIsThere(String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", URI.create(address).getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + socket.getPort()
                            + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 404").doesNotContain("not for you", "root:x");
        }
    }

    @Test
    void whatLinksOutOfAStudyIsNotFollowed() throws Exception {
        Path folder = parent.resolve("chiron-study");
        Path trial = folder.resolve("trials").resolve("0002");
        Files.createSymbolicLink(trial.resolve("head.log"), parent.resolve("outside.txt"));
        Files.createSymbolicLink(trial.resolve("curve.csv"), parent.resolve("outside.txt"));
        Files.delete(folder.resolve("script/train.sh"));
        Files.createSymbolicLink(folder.resolve("script/train.sh"), parent.resolve("outside.txt"));
        JsonNode shown = asked("/0/trial?number=2");
        assertThat(shown.path("files").has("tail.log")).isTrue();
        assertThat(shown.path("files").has("head.log")).isFalse();
        assertThat(shown.toString()).doesNotContain("not for you");
        assertThat(get("/api/studies/0/difference?from=root&to=root").body()).contains("lies elsewhere");
    }

    @Test
    void aHeadOfTheEventsEndsAtOnce() throws Exception {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(address).resolve("/api/studies/0/events"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void nothingCanBeWritten(String method) throws Exception {
        byte[] before = Files.readAllBytes(parent.resolve("chiron-study/journal.jsonl"));
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(address).resolve("/api/studies/0/trial?number=0"))
                        .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(HttpURLConnection.HTTP_BAD_METHOD);
        assertThat(Files.readAllBytes(parent.resolve("chiron-study/journal.jsonl")))
                .isEqualTo(before);
    }

    @Test
    void columnsHoldWhatTheJournalHolds() throws Exception {
        JsonNode columns = asked("/0/columns");
        assertThat(columns.path("to").asInt()).isEqualTo(3);
        assertThat(columns.path("value").toString()).isEqualTo("[0.25,0.125,null]");
        assertThat(columns.path("config").path("X").toString()).isEqualTo("[0.5,0.2,0.9]");
        assertThat(columns.path("bests").toString()).isEqualTo("[[0,0,0.25,1],[1,1,0.125,1]]");
        assertThat(columns.path("seconds").toString()).isEqualTo("[1.5,1.5,1.5]");
        JsonNode card = asked("/0");
        assertThat(card.path("origins")
                        .get(columns.path("origin").get(1).asInt())
                        .asText())
                .isEqualTo("llm");
        assertThat(card.path("statuses")
                        .get(columns.path("status").get(2).asInt())
                        .asText())
                .isEqualTo("crashed");
        assertThat(columns.path("turns").get(0).path("in").asInt()).isEqualTo(20);
        assertThat(asked("/0/columns?from=2").path("value").toString()).isEqualTo("[null]");
    }

    @Test
    void noAnswerHoldsAKey() throws Exception {
        for (String path :
                List.of("", "/0", "/0/columns", "/0/totals", "/0/trial?number=1", "/0/trial?number=2", "/0/lineage")) {
            assertThat(get("/api/studies" + path).body()).as(path).doesNotContain(KEY);
        }
        JsonNode trial = asked("/0/trial?number=2");
        assertThat(trial.path("files").path("tail.log").asText())
                .startsWith("key ***")
                .doesNotContain("\u001b");
        assertThat(trial.path("detail").asText()).isEqualTo("the server said ***");
    }

    @Test
    void aTokenIsAskedForAndMovedFromTheAddressIntoACookie() throws Exception {
        try (Dashboard guarded = dashboard(Optional.of("0123456789abcdef0123456789abcdef"))) {
            address = guarded.address();
            assertThat(address).endsWith("/?token=0123456789abcdef0123456789abcdef");
            assertThat(get("/api/studies").statusCode()).isEqualTo(401);
            assertThat(get("/main.js").statusCode()).isEqualTo(401);
            HttpResponse<String> arrival = get(address);
            assertThat(arrival.statusCode()).isEqualTo(303);
            assertThat(arrival.headers().firstValue("Location")).contains("/");
            String cookie = arrival.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address).resolve("/api/studies"))
                            .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    /** One event a blank line; comments and other fields are left out. */
    private record Heard(String id, String type, String data) {}

    private record Events(BufferedReader lines) implements AutoCloseable {

        /** The next event of a type. */
        Heard next(String wanted) throws IOException {
            String id = "";
            String type = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    type = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty()) {
                    if (type.equals(wanted)) {
                        return new Heard(id, type, data);
                    }
                    id = "";
                    type = "";
                }
            }
            throw new AssertionError("the events have ended without " + wanted);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private Events events(String after, String lastId) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address).resolve("/api/studies/0/events?after=" + after));
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        return new Events(new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)));
    }

    private String name() throws Exception {
        return asked("").get(0).path("study").asText();
    }

    @Test
    void eventsBringWhatIsAppended() throws Exception {
        String name = name();
        try (Events events = events(name + "-3", "")) {
            study.append(entry(3, 0.3, new Outcome.Measured(0.0625)));
            Heard heard = events.next("trials");
            assertThat(heard.id()).isEqualTo(name + "-4");
            JsonNode columns = json.readTree(heard.data());
            assertThat(columns.path("from").asInt()).isEqualTo(3);
            assertThat(columns.path("value").toString()).isEqualTo("[0.0625]");
            assertThat(columns.path("bests").toString()).isEqualTo("[[3,3,0.0625,1]]");
        }
    }

    @Test
    void whoComesBackGetsWhatItMissedEvenFromAnotherServer() throws Exception {
        String name = name();
        dashboard.close();
        study.append(entry(3, 0.3, new Outcome.Measured(0.0625)));
        study.append(entry(4, 0.4, new Outcome.Measured(0.5)));
        dashboard = dashboard(Optional.empty());
        address = dashboard.address();
        try (Events events = events("", name + "-3")) {
            Heard heard = events.next("trials");
            assertThat(heard.id()).isEqualTo(name + "-5");
            assertThat(json.readTree(heard.data()).path("value").toString()).isEqualTo("[0.0625,0.5]");
        }
    }

    @Test
    void whoHasAnotherStudyIsToldToBeginAgain() throws Exception {
        try (Events events = events("", "0123456789ab-3")) {
            events.next("again");
        }
        try (Events events = events("", name() + "-9")) {
            events.next("again");
        }
    }

    @Test
    void aStudyThatIsMovedAwayAndBegunAnewIsFollowed() throws Exception {
        String name = name();
        try (Events events = events(name + "-3", "")) {
            study.close();
            StudyFolder.setAside(parent.resolve("chiron-study"));
            events.next("again");
        }
        assertThat(get("/api/studies/0/columns").body()).contains("there is no study in chiron-study now");
        study = StudyFolder.open(parent.resolve("chiron-study"), SPEC, CLOCK);
        study.append(entry(0, 0.5, new Outcome.Measured(0.25)));
        try (Events events = events("", "-0")) {
            events.next("again");
        }
        assertThat(asked("/0/columns").path("to").asInt()).isEqualTo(1);
    }

    @Test
    void aDamagedStudyIsSaidToBe() throws Exception {
        Path journal = parent.resolve("chiron-study/journal.jsonl");
        try (Events events = events(name() + "-3", "")) {
            Files.writeString(journal, Files.readString(journal).replace("0.125", "0.1255"));
            events.next("again");
            assertThat(events.next("state").data()).contains("journal.jsonl:3");
        }
    }

    @Test
    void aMapOverParametersNeedsTrialsAndSaysSo() throws Exception {
        assertThat(asked("/0/importance").path("unready").asText()).contains("measured configs");
    }

    @Test
    void aLongStudyIsSentAsItWasMadeReadyAndTheRestByEvents() throws Exception {
        dashboard.close();
        study.close();
        StudyFolder.setAside(parent.resolve("chiron-study"));
        LargeStudy.write(parent.resolve("chiron-study"), 2_500);
        dashboard = dashboard(Optional.empty());
        address = dashboard.address();
        JsonNode columns = asked("/0/columns");
        assertThat(columns.path("to").asInt()).isEqualTo(2_500);
        assertThat(columns.path("value")).hasSize(2_500);
        assertThat(asked("/0/columns")).isEqualTo(columns);
        assertThat(asked("/0/importance").path("used").asInt()).isEqualTo(1_000);
        study = StudyFolder.open(parent.resolve("chiron-study"), "", CLOCK);
    }
}
