package dev.chiron.agent.llm;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every model behind HTTP, against a server that fails in every way. */
abstract class HttpModelContract extends ModelContract {
    static final String KEY = "sk-test-0123456789abcdef";
    static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"LR\":{\"type\":\"number\",\"minimum\":0.1}},"
            + "\"required\":[\"LR\"],\"additionalProperties\":false}";
    static final Question WITH_SCHEMA = new Question("Which learning rate next?", SCHEMA, "0002-0");
    static final ObjectMapper JSON = new ObjectMapper();

    final List<Duration> waits = new ArrayList<>();
    Instant now = Instant.parse("2026-11-21T06:00:00Z");
    WireMockServer server;

    @BeforeEach
    void start() {
        server = new WireMockServer(options().dynamicPort().containerThreads(8));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    abstract String path();

    /** A body with this content, and 21 prompt and 7 reply tokens. */
    abstract String body(String content);

    abstract String bodyWithReasoningOnly(String reasoning);

    abstract String bodyCutAtLength(String content);

    abstract Model model(LlmOptions options, Map<String, String> environment);

    Model model() {
        return model(LlmOptions.defaults(), Map.of());
    }

    Models models(Map<String, String> environment) {
        return new Models(new TreeMap<>(environment), prompt -> "", waits::add, () -> now);
    }

    @Override
    Model answering() {
        answer(200, body("0.003"));
        return model();
    }

    @Override
    Model failing() {
        answer(500, "{\"error\":\"out\\nof \\u0007luck " + "x".repeat(1000) + "\"}");
        return model();
    }

    /** Of the tokens of a prompt those that came from the server's cache, in {@link #body}. */
    long cached() {
        return 0;
    }

    Usage usage(int calls) {
        return new Usage(calls, 21, cached(), 7, Optional.empty());
    }

    @Test
    void sendsOneRequestAndCountsTheTokens() throws InterruptedException {
        answer(200, body("{\"LR\": 0.003}"));

        assertThat(model().answer(WITH_SCHEMA)).isEqualTo(new Answer.Replied("{\"LR\": 0.003}", usage(1), false));
        assertThat(posts()).hasSize(1);
        assertThat(posts().get(0).getHeader("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aRefusedKeyIsRefusedAtOnce(int status) throws InterruptedException {
        answer(status, "{\"error\":{\"message\":\"Incorrect API key provided: sk-test-****cdef\"}}");

        Answer answer = model().answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(why(answer)).contains("" + status, "Incorrect API key").doesNotContain("sk-test", "cdef");
        assertThat(posts()).hasSize(1);
    }

    @Test
    void aBadKeyUnderStatus400IsRefusedToo() throws InterruptedException {
        answer(400, "[{\"error\":{\"code\":400,\"message\":\"API key not valid.\",\"status\":\"API_KEY_INVALID\"}}]");

        assertThat(model().answer(WITH_SCHEMA)).isInstanceOf(Answer.Refused.class);
        assertThat(posts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":\"model 'tiny' not found\"}", "404 page not found", ""})
    void anUnknownModelOrPathIsRefusedWithAHint(String body) throws InterruptedException {
        answer(404, body);

        Answer answer = model().answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(why(answer)).contains("no model " + modelName());
        assertThat(posts()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void aBusyServerIsAskedAgainWithGrowingWaits(int status) throws InterruptedException {
        answer(status, "{\"error\":\"busy\"}");

        Answer answer = model().answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        assertThat(why(answer)).contains("" + status, "busy", "4 tries");
        assertThat(((Answer.Unreachable) answer).usage()).isEqualTo(new Usage(4, 0, 0));
        assertThat(posts()).hasSize(4);
        assertThat(waits).hasSize(3).isSorted();
        assertThat(waits.get(0)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(waits.get(2)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    /** Calls without an answer for which a model may have worked. */
    private static int doubtful(Answer answer) {
        return answer.usage().doubtful();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 504})
    void whatAServerBetweenGaveUpMayHaveBeenPaid(int status) throws InterruptedException {
        answer(status, "{\"error\":\"busy\"}");

        assertThat(model().answer(QUESTION).usage()).isEqualTo(Usage.inVain(4, 4));

        recoverAfter(aResponse().withStatus(status));
        assertThat(model().answer(QUESTION).usage())
                .as("also where another try is answered")
                .isEqualTo(usage(2).withDoubtful(1));
    }

    @Test
    void aConnectionThatNeverCarriedAnythingIsNotPaid() throws InterruptedException {
        Model model = model();
        server.stop();

        assertThat(model.answer(QUESTION).usage()).isEqualTo(new Usage(4, 0, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"foo\": 1}|1",
                "{\"mess|1",
                "''|1",
                "<!DOCTYPE html><html><body>Sign in</body></html>|0",
                "{\"error\": {\"message\": \"upstream is down\", \"code\": 502}}|0",
                "{\"usage\": {\"prompt_tokens\": 21, \"completion_tokens\": 7}}|0"
            })
    void aBodyThatIsNoReplyMayHaveBeenPaidUnlessItSaysOtherwise(String body, int doubtful) throws InterruptedException {
        answer(200, body);

        Answer answer = model().answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        assertThat(doubtful(answer)).isEqualTo(doubtful);
        assertThat(answer.usage().tokens()).isEqualTo(body.contains("prompt_tokens") ? 28 : 0);
    }

    @ParameterizedTest
    @CsvSource({"retry-after,7,7000", "Retry-After,120,120000", "retry-after-ms,1500,1500"})
    void waitsAsLongAsTheServerAsksWithinReason(String header, String value, long millis) throws InterruptedException {
        recoverAfter(aResponse().withStatus(429).withHeader(header, value));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("0.003", usage(2)));
        assertThat(waits).containsExactly(Duration.ofMillis(millis));
    }

    @Test
    void aServerThatAsksForALongWaitIsLeftAloneForThatTimeWhileTheStudyGoesOn() throws InterruptedException {
        recoverAfter(aResponse().withStatus(429).withHeader("retry-after", "3600"));
        Model model = model();

        Answer first = model.answer(QUESTION);
        now = now.plusSeconds(3599);
        Answer early = model.answer(QUESTION);
        int sent = posts().size();
        now = now.plusSeconds(1);
        Answer late = model.answer(QUESTION);

        assertThat(why(first)).contains("429", "3600 s");
        assertThat(early).isInstanceOf(Answer.Unreachable.class);
        assertThat(((Answer.Unreachable) early).usage()).isEqualTo(Usage.NONE);
        assertThat(sent).isEqualTo(1);
        assertThat(waits).isEmpty();
        assertThat(late).isEqualTo(new Answer.Replied("0.003", usage(1)));
    }

    @Test
    void aStreamThatWasNotAskedForIsNoReply() throws InterruptedException {
        for (String body : List.of(stream(), ": ping\n\n" + stream(), body("0.0") + "\n" + body("03"))) {
            answer(200, body);

            Answer answer = model().answer(QUESTION);

            assertThat(answer).as(body).isInstanceOf(Answer.Unreachable.class);
            assertThat(why(answer)).as(body).contains("stream");
            assertThat(doubtful(answer)).as(body).isEqualTo(answer.usage().tokens() == 0 ? 1 : 0);
        }
    }

    /** What the server sends when it streams all the same. */
    abstract String stream();

    @Test
    void aModelThatDeclinesHasNotAnsweredAndIsNotAskedAgain() throws InterruptedException {
        for (String body : declined()) {
            answer(200, body);
            int before = posts().size();

            Answer answer = model().answer(QUESTION);

            assertThat(answer).as(body).isInstanceOf(Answer.Unreachable.class);
            assertThat(why(answer)).as(body).contains("declined");
            assertThat(posts()).hasSize(before + 1);
        }
    }

    /** Every way in which the server says that it will not answer this prompt. */
    abstract List<String> declined();

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=ISO-8859-1", "text/plain; charset=UTF-16", "a/b; charset=none", "%%%"
            })
    void aHeaderThatLiesAboutTheCharsetIsNotBelieved(String type) throws InterruptedException {
        server.stubFor(post(path())
                .willReturn(aResponse().withHeader("Content-Type", type).withBody(body("0.003 für 3 µm"))));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("0.003 für 3 µm", usage(1)));
    }

    @Test
    void anEchoOfThePromptIsTextAndNothingMore() throws InterruptedException {
        answer(200, body(QUESTION.prompt()));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied(QUESTION.prompt(), usage(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 5_000})
    void deepAndHugeJsonIsNoReply(int depth) throws InterruptedException {
        answer(200, "[".repeat(depth) + "]".repeat(depth));
        assertThat(model().answer(QUESTION)).isInstanceOf(Answer.Unreachable.class);
        answer(200, body("0.003").replace(":21", ":" + "9".repeat(900)));
        assertThat(model().answer(QUESTION)).isNotNull();
    }

    @Test
    void aQuotaUsedUpIsNotAskedAgain() throws InterruptedException {
        answer(429, "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}");

        assertThat(why(model().answer(QUESTION))).contains("exceeded your quota");
        assertThat(posts()).hasSize(1);
    }

    @Test
    void aSlowServerIsLeftAfterTheTimeLimitAndAskedOnceMore() throws InterruptedException {
        server.stubFor(
                post(path()).willReturn(aResponse().withBody(body("late")).withFixedDelay(20_000)));

        Answer answer = model(LlmOptions.defaults().withTimeout(Duration.ofMillis(300)), Map.of())
                .answer(QUESTION);

        assertThat(why(answer)).contains("time limit");
        assertThat(answer.usage()).as("both may have been paid").isEqualTo(Usage.inVain(2, 2));
    }

    @Test
    void aDribblingReplyIsLeftAfterTheTimeLimitToo() throws InterruptedException {
        server.stubFor(
                post(path()).willReturn(aResponse().withBody(body("0.003")).withChunkedDribbleDelay(100, 20_000)));

        Answer answer = model(LlmOptions.defaults().withTimeout(Duration.ofMillis(1000)), Map.of())
                .answer(QUESTION);

        assertThat(why(answer)).contains("time limit");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aConnectionThatBreaksIsNotPaidTwiceAlsoWhenItWasKeptOpen(Fault fault) throws InterruptedException {
        answer(200, body("0.003"));
        Model model = model();
        model.answer(QUESTION);
        server.stubFor(post(path()).willReturn(aResponse().withFault(fault)));

        Answer answer = model.answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        assertThat(why(answer)).isNotBlank();
        assertThat(answer.usage()).isEqualTo(Usage.inVain(1, 1));
        assertThat(posts()).hasSize(2);
        assertThat(waits).isEmpty();
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() throws InterruptedException {
        Model model = model();
        server.stop();

        Answer answer = model.answer(QUESTION);

        assertThat(why(answer)).contains("cannot be reached");
        assertThat(waits).hasSize(3);
    }

    @Test
    void anEmptyReplySaysSo() throws InterruptedException {
        answer(200, body(""));

        assertThat(why(model().answer(QUESTION))).contains("empty reply");
    }

    @Test
    void reasoningIsTheReplyWhenNothingElseIsSaid() throws InterruptedException {
        answer(200, bodyWithReasoningOnly("I think {\\\"LR\\\": 0.003}"));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("I think {\"LR\": 0.003}", usage(1)));
    }

    @Test
    void aReplyCutAtItsLengthIsMarked() throws InterruptedException {
        answer(200, bodyCutAtLength("{\\\"LR\\\": 0.0"));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("{\"LR\": 0.0", usage(1), true));
    }

    @Test
    void aReplyCutBeforeItBeganSaysWhatToRaise() throws InterruptedException {
        answer(200, bodyCutAtLength(""));

        assertThat(why(model().answer(QUESTION))).contains("llm.max_tokens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"foo\": 1}|without a reply",
                "[]|without a reply",
                "{\"mess|breaks off",
                "<!DOCTYPE html><html><body>Sign in</body></html>|HTML",
                "{\"error\": \"model runner has stopped\"}|model runner has stopped",
                "{\"error\": {\"message\": \"upstream is down\", \"code\": 502}}|upstream is down",
                "all is well|not JSON",
                "''|empty body"
            })
    void aBodyThatIsNoReplySaysWhatItIs(String body, String why) throws InterruptedException {
        answer(200, body);

        Answer answer = model().answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        assertThat(why(answer)).contains(why);
        assertThat(posts()).hasSize(1);
    }

    @Test
    void everyPrefixOfAReplyIsAValue() throws InterruptedException {
        String whole = body("0.003");
        Model model = model();
        for (int length = 0; length < whole.length(); length += 3) {
            answer(200, whole.substring(0, length));
            assertThat(model.answer(QUESTION)).as("%d characters", length).isInstanceOf(Answer.Unreachable.class);
        }
    }

    @Test
    void anErrorPageIsNotRepeatedToTheUser() throws InterruptedException {
        answer(502, "<html><body>nginx" + "x".repeat(5000) + "</body></html>");

        assertThat(why(model().answer(QUESTION))).contains("502", "HTML").doesNotContain("nginx");
    }

    @ParameterizedTest
    @CsvSource({"\"21\", 7.0", "21.0, \" 7 \"", "\"21.0\", \"7.\""})
    void tokensCountedInTextsOrWithAPointAreRead(String in, String out) throws InterruptedException {
        answer(200, body("0.003").replace(":21", ":" + in).replace(":7", ":" + out));

        assertThat(model().answer(QUESTION)).isEqualTo(new Answer.Replied("0.003", usage(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"many\"", "{}", "[]", "true", "-1", "1e400", "99999999999999999999", "null"})
    void aReplyIsAReplyHoweverItsTokensAreCounted(String count) throws InterruptedException {
        answer(200, body("0.003").replace(":21", ":" + count).replace(":7", ":" + count));

        Answer answer = model().answer(QUESTION);

        assertThat(answer).isInstanceOf(Answer.Replied.class);
        assertThat(((Answer.Replied) answer).text()).isEqualTo("0.003");
        assertThat(answer.usage().tokensOut()).isBetween(0L, (long) Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"unknown\"", "[]", "7", "null"})
    void aReplyIsAReplyWhateverItsUsageIs(String usage) throws InterruptedException {
        answer(
                200,
                body("0.003").replaceAll("(\"usage(?:Metadata)?\"):\\{[^{}]*(?:\\{[^{}]*}[^{}]*)*}", "$1:" + usage));

        assertThat(model().answer(QUESTION)).isInstanceOf(Answer.Replied.class);
    }

    @Test
    void anEndlessBodyIsCutOff() throws InterruptedException {
        answer(200, body("x".repeat(17 << 20)));

        assertThat(why(model().answer(QUESTION))).contains("larger than");
    }

    @Test
    void aRedirectIsNotFollowed() throws InterruptedException {
        server.stubFor(post(path()).willReturn(aResponse().withStatus(307).withHeader("Location", "/elsewhere")));

        assertThat(why(model().answer(QUESTION))).contains("307", "redirect");
        assertThat(server.findAll(postRequestedFor(urlEqualTo("/elsewhere")))).isEmpty();
    }

    @Test
    void aSchemaIsSentAsTheServerTakesIt() throws InterruptedException, IOException {
        answer(200, body("0.003"));

        model().answer(WITH_SCHEMA);

        assertThat(schema(sent(0))).isEqualTo(JSON.readTree(expectedSchema()));
    }

    abstract JsonNode schema(JsonNode request);

    String expectedSchema() {
        return SCHEMA;
    }

    @Test
    void aRefusedSchemaIsLeftOutFromThenOn() throws InterruptedException {
        recoverAfter(aResponse().withStatus(400).withBody("{\"error\":\"unsupported value\"}"));
        Model model = model();

        assertThat(model.answer(WITH_SCHEMA)).isEqualTo(new Answer.Replied("0.003", usage(2)));
        assertThat(model.answer(WITH_SCHEMA)).isEqualTo(new Answer.Replied("0.003", usage(1)));
        assertThat(schema(sent(0)).isMissingNode()).isFalse();
        assertThat(schema(sent(1)).isMissingNode()).isTrue();
        assertThat(schema(sent(2)).isMissingNode()).isTrue();
    }

    @Test
    void aRefusedTemperatureIsLeftOutFromThenOnAndNothingElse() throws InterruptedException {
        recoverAfter(aResponse()
                .withStatus(400)
                .withBody("{\"error\":{\"message\":\"Unsupported parameter: 'temperature'\"}}"));
        Model model = model(LlmOptions.defaults().withTemperature(0.25), Map.of());

        model.answer(WITH_SCHEMA);
        model.answer(WITH_SCHEMA);

        assertThat(temperature(sent(0)).asDouble()).isEqualTo(0.25);
        assertThat(temperature(sent(1)).isMissingNode()).isTrue();
        assertThat(temperature(sent(2)).isMissingNode()).isTrue();
        assertThat(schema(sent(2)).isMissingNode()).isFalse();
    }

    abstract JsonNode temperature(JsonNode request);

    @Test
    void aRequestThatIsRefusedWhateverIsLeftOutEnds() throws InterruptedException {
        answer(400, "{\"error\":\"prompt is too long\"}");

        Answer answer = model().answer(WITH_SCHEMA);

        assertThat(answer).isInstanceOf(Answer.Unreachable.class);
        assertThat(why(answer)).contains("400", "too long");
        assertThat(posts()).hasSize(2);
        assertThat(waits).isEmpty();
    }

    @Test
    void anInterruptCancelsTheRunningRequest() throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        server.addMockServiceRequestListener((request, response) -> arrived.countDown());
        server.stubFor(
                post(path()).willReturn(aResponse().withBody(body("late")).withChunkedDribbleDelay(100, 60_000)));
        Model model = model();
        List<String> ends = new ArrayList<>();
        Thread asking = new Thread(() -> {
            try {
                model.answer(QUESTION);
                ends.add("answered");
            } catch (InterruptedException interrupted) {
                ends.add("interrupted");
            }
        });
        asking.start();
        arrived.await();
        asking.interrupt();
        asking.join();

        assertThat(ends).containsExactly("interrupted");
    }

    @Test
    void anInterruptEndsTheWaitBetweenTries() {
        answer(503, "");
        Models models = new Models(
                environment(),
                prompt -> "",
                wait -> {
                    throw new InterruptedException("woken");
                },
                () -> now);

        assertThatThrownBy(() ->
                        models.open(spec(), LlmOptions.defaults()).orElseThrow().answer(QUESTION))
                .isInstanceOf(InterruptedException.class);
    }

    abstract String spec();

    abstract Map<String, String> environment();

    @Test
    void noKeyIsShownWhateverTheServerSays() throws InterruptedException {
        Model model = model(LlmOptions.defaults(), Map.of("CHIRON_LLM_KEY", KEY));
        for (int status : new int[] {200, 400, 401, 404, 429, 500}) {
            answer(status, "{\"error\":\"bad " + KEY + "\\n" + KEY + "\"}");
            assertThat(model.answer(QUESTION).toString()).contains("bad").doesNotContain(KEY);
        }
        answer(200, body("your key is " + KEY));
        assertThat(model.answer(QUESTION).toString()).contains("your key is").doesNotContain(KEY);
        assertThat(model.name() + model).doesNotContain(KEY);
    }

    @Test
    void noKeyReachesTheRecords(@TempDir Path folder) throws Exception {
        answer(200, body("your key is " + KEY));
        Model model = model(LlmOptions.defaults(), Map.of("CHIRON_LLM_KEY", KEY));

        new RecordedModel(model, folder).answer(WITH_SCHEMA);

        assertThat(posts().get(0).getHeader(keyHeader())).endsWith(KEY);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(file).content().doesNotContain(KEY));
        }
    }

    String modelName() {
        return "tiny";
    }

    String keyHeader() {
        return "Authorization";
    }

    final void answer(int status, String body) {
        server.stubFor(post(path()).willReturn(aResponse().withStatus(status).withBody(body)));
    }

    final void recoverAfter(ResponseDefinitionBuilder first) {
        server.stubFor(post(path())
                .inScenario("recovers")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(first)
                .willSetStateTo("up"));
        server.stubFor(post(path())
                .inScenario("recovers")
                .whenScenarioStateIs("up")
                .willReturn(aResponse().withBody(body("0.003"))));
    }

    final List<LoggedRequest> posts() {
        return server.findAll(postRequestedFor(urlEqualTo(path())));
    }

    final JsonNode sent(int index) {
        return read(posts().get(index).getBodyAsString());
    }

    static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
