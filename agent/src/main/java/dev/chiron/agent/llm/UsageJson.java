package dev.chiron.agent.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/** What an answer or a turn cost, as fields of a JSON object; without {@code usd} where the price is not known. */
public final class UsageJson {

    private UsageJson() {}

    /** Adds the fields. */
    public static void write(Usage usage, ObjectNode object) {
        object.put("calls", usage.calls());
        if (usage.doubtful() > 0) {
            object.put("doubtful", usage.doubtful());
        }
        object.put("tokens_in", usage.tokensIn());
        if (usage.tokensCached() > 0) {
            object.put("tokens_cached", usage.tokensCached());
        }
        object.put("tokens_out", usage.tokensOut());
        usage.usd().ifPresent(usd -> object.put("usd", usd.doubleValue()));
    }

    /** The fields read back. */
    public static Usage read(JsonNode object) {
        JsonNode usd = object.path("usd");
        return new Usage(
                object.path("calls").asInt(),
                object.path("doubtful").asInt(),
                object.path("tokens_in").asLong(),
                object.path("tokens_cached").asLong(),
                object.path("tokens_out").asLong(),
                usd.isNumber() ? Optional.of(BigDecimal.valueOf(usd.asDouble())) : Optional.empty());
    }
}
