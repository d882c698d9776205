package dev.chiron.evals.docs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import dev.chiron.agent.llm.Builtin;

/** A server that speaks as Ollama does; what it says are the rules of thumb of {@code builtin}, by the prompt that it was sent. */
final class Ollama implements AutoCloseable {

    private final WireMockServer server =
            new WireMockServer(wireMockConfig().dynamicPort().extensions(new Rules()));

    Ollama() {
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(404)));
        server.stubFor(post(urlEqualTo("/api/chat")).willReturn(aResponse().withTransformers(new Rules().getName())));
    }

    String host() {
        return "127.0.0.1:" + server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static final class Rules implements ResponseDefinitionTransformerV2 {

        private final ObjectMapper json = new ObjectMapper();

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            try {
                StringBuilder prompt = new StringBuilder();
                for (JsonNode message :
                        json.readTree(event.getRequest().getBodyAsString()).path("messages")) {
                    prompt.append(message.path("content").asText()).append('\n');
                }
                ObjectNode reply = json.createObjectNode();
                reply.putObject("message")
                        .put("role", "assistant")
                        .put("content", new Builtin().reply(prompt.toString()));
                reply.put("done", true)
                        .put("done_reason", "stop")
                        .put("prompt_eval_count", 500)
                        .put("eval_count", 50);
                return aResponse()
                        .withHeader("Content-Type", "application/json")
                        .withBody(reply.toString())
                        .build();
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }

        @Override
        public String getName() {
            return "rules";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
