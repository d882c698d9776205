package dev.chiron.prompts.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.prompts.describe.SurrogatePrompt.Form;
import dev.chiron.prompts.reply.RatingsReader.Ratings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RatingsReaderTest {

    private static List<Optional<Rating>> rated(Form form, int candidates, String reply) {
        Ratings ratings = new RatingsReader(form, candidates).read(reply);
        assertThat(ratings).isInstanceOf(Ratings.Rated.class);
        return ((Ratings.Rated) ratings).all();
    }

    private static String rejected(int candidates, String reply) {
        Ratings ratings = new RatingsReader(Form.SPREAD, candidates).read(reply);
        assertThat(ratings).isInstanceOf(Ratings.Rejected.class);
        return ((Ratings.Rejected) ratings).reason();
    }

    @Test
    void candidatesAreKnownByTheirNumbersInWhateverOrder() {
        List<Optional<Rating>> all = rated(Form.SPREAD, 3, """
                <think>{"ratings": [{"candidate": 1, "value": 9}]}</think>
                {"ratings": [{"candidate": 3, "value": 0.5, "sd": 0.1, "failure": 0.25},
                             {"candidate": 1, "value": 0.75}]}
                """);

        assertThat(all)
                .containsExactly(
                        Optional.of(new Rating(0.75, OptionalDouble.empty(), OptionalDouble.empty())),
                        Optional.empty(),
                        Optional.of(new Rating(0.5, OptionalDouble.of(0.1), OptionalDouble.of(0.25))));
    }

    @Test
    void withoutNumbersTheirOrderCounts() {
        assertThat(rated(Form.VALUE, 2, "{\"ratings\": [{\"value\": 1}, {\"value\": 2}]}"))
                .extracting(rating -> rating.orElseThrow().value())
                .containsExactly(1.0, 2.0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\": 0.5}",
                "{\"ratings\": {\"value\": 0.5}}",
                "{\"ratings\": [{\"candidate\": 1, \"value\": 0.5}]}",
                "{\"ratings\": [{\"candidate\": 7, \"value\": 0.5}]}"
            })
    void oneCandidateMayBeRatedInAnyForm(String reply) {
        assertThat(rated(Form.VALUE, 1, reply).get(0).orElseThrow().value()).isEqualTo(0.5);
    }

    @Test
    void whatCannotBeSaysNothing() {
        Rating rating = rated(Form.SPREAD, 1, "{\"ratings\": [{\"value\": 1, \"sd\": -2, \"failure\": 40}]}")
                .get(0)
                .orElseThrow();

        assertThat(rating.deviation()).isEmpty();
        assertThat(rating.failure()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0.25, true", "0, true", "1, true", "1.2, false", "-0.1, false", "NaN, false"})
    void aChanceIsFromZeroToOne(String top, boolean isOne) {
        Ratings ratings =
                new RatingsReader(Form.CHANCE, 1).read("{\"ratings\": [{\"candidate\": 1, \"top\": " + top + "}]}");

        assertThat(ratings instanceof Ratings.Rated).isEqualTo(isOne);
    }

    @Test
    void tooFewRatingsAreSentBackWithTheReason() {
        assertThat(rejected(
                        5,
                        "{\"ratings\": [{\"candidate\": 1, \"value\": 1}, {\"candidate\": 2, \"value\": \"high\"}]}"))
                .isEqualTo(
                        "only 1 of 5 candidates are rated: each needs its number as candidate and a number as value");
        assertThat(rejected(2, "I think the first.")).isEqualTo("no JSON object was found in the reply");
        assertThat(rejected(2, "{\"ratings\": [{\"candidate\": 1, \"val")).contains("cut off before its end");
        assertThat(rejected(2, " ")).isEqualTo("the reply was empty");
    }

    @Test
    void theSchemaNamesWhatTheFormAsksFor() {
        assertThat(new RatingsReader(Form.SPREAD, 3).schema()).contains("\"value\"", "\"sd\"", "\"failure\"");
        assertThat(new RatingsReader(Form.VALUE, 1).schema())
                .contains("\"value\"")
                .doesNotContain("\"sd\"");
        assertThat(new RatingsReader(Form.LABEL, 1).schema())
                .contains("\"top\"")
                .doesNotContain("\"value\"");
    }
}
