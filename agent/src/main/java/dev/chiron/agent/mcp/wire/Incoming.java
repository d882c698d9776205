package dev.chiron.agent.mcp.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;

/** What a client sent: a message, or something else, with what it is to be told. */
sealed interface Incoming {

    int NOT_JSON = -32700;
    int NO_MESSAGE = -32600;
    int BAD_PARAMS = -32602;

    /** A request, a notification or a response. */
    record Message(McpSchema.JSONRPCMessage content) implements Incoming {}

    /** Nothing that can be understood. The error goes back to the client, as JSON. */
    record Malformed(String error) implements Incoming {}

    /** Reads what should be one message, whole. */
    static Incoming read(String text, ObjectMapper json, McpJsonMapper mapper) {
        JsonNode node;
        try {
            // NaN, as some libraries write it, is no JSON: it is refused where it stands for a value, by who knows the
            // request
            node = json.reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .readTree(text);
        } catch (JsonProcessingException e) {
            return malformed(JsonNodeFactory.instance.nullNode(), NOT_JSON, "not JSON: " + e.getOriginalMessage());
        }
        JsonNode id = node.path("id").isTextual() || node.path("id").isIntegralNumber()
                ? node.path("id")
                : JsonNodeFactory.instance.nullNode();
        if (!node.isObject()) {
            return malformed(id, NO_MESSAGE, "a message is a JSON object, one a line; batches are not part of MCP");
        }
        if (!node.path("jsonrpc").asText().equals(McpSchema.JSONRPC_VERSION)) {
            return malformed(id, NO_MESSAGE, "no JSON-RPC message: \"jsonrpc\" must be \"2.0\"");
        }
        boolean response = node.has("result") || node.has("error");
        if (!node.path("method").isTextual() && !response) {
            return malformed(id, NO_MESSAGE, "no JSON-RPC message: it has neither a method nor a result");
        }
        if (node.has("id") && id.isNull()) {
            return malformed(id, NO_MESSAGE, "an id is a text or a whole number");
        }
        if (node.path("method").asText().equals(McpSchema.METHOD_TOOLS_CALL) && !isCall(node.path("params"))) {
            return malformed(
                    id,
                    BAD_PARAMS,
                    "tools/call needs params: an object with the tool's name and, if it takes any, arguments as an object");
        }
        if (node.has("params") && !node.path("params").isObject()) {
            return malformed(id, NO_MESSAGE, "params must be an object");
        }
        try {
            return new Message(McpSchema.deserializeJsonRpcMessage(mapper, text));
        } catch (IOException | RuntimeException e) {
            return malformed(id, NO_MESSAGE, "no message that can be understood");
        }
    }

    /** An error that answers no request, or that one. */
    private static boolean isCall(JsonNode params) {
        JsonNode arguments = params.path("arguments");
        return params.path("name").isTextual()
                && (arguments.isMissingNode() || arguments.isNull() || arguments.isObject());
    }

    static Malformed malformed(JsonNode id, int code, String message) {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        error.set("id", id);
        error.putObject("error").put("code", code).put("message", message);
        return new Malformed(error.toString());
    }
}
