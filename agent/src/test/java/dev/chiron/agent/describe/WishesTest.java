package dev.chiron.agent.describe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chiron.agent.start.Advised;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.prompts.reply.Advice;
import dev.chiron.sandbox.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WishesTest {

    private static final String SCRIPT = """
            LR = 0.001
            BATCH_SIZE = 32
            OPTIMIZER = "adam"
            NUM_LAYERS = 3
            WEIGHT_DECAY = 0.1
            DROPOUT = 0.1
            USE_BIAS = True
            A = 7
            """;

    private static final String GROUPS = """
            MATRIX_LR = 0.04
            EMBEDDING_LR = 0.6
            DEVICE_BATCH_SIZE = 128
            TOTAL_BATCH_SIZE = 2**19
            EVAL_STEPS = 48
            """;

    @TempDir
    Path folder;

    private Source script;
    private Source groups;

    @BeforeEach
    void read() throws IOException {
        script = source("train.py", SCRIPT);
        groups = source("groups.py", GROUPS);
    }

    private Source source(String name, String text) throws IOException {
        return Source.read(Files.writeString(folder.resolve(name), text));
    }

    /** What is advised, in the script's order: {@code LR off; BATCH_SIZE int in [8, 128], powers of two}. */
    private static String said(Wishes wishes) {
        return wishes.over(new LinkedHashMap<>()).entrySet().stream()
                .map(one -> one.getKey() + " " + said(one.getValue().advice()))
                .collect(Collectors.joining("; "));
    }

    private static String said(Advice advice) {
        return advice instanceof Advice.Search search ? search.parameter().describe() : "off";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Do not tune the batch size                                        | BATCH_SIZE off
            Train it; don't touch BATCH_SIZE, please.                         | BATCH_SIZE off
            please do not change the batch size, the lr and weight-decay!     | LR off; BATCH_SIZE off; WEIGHT_DECAY off
            Never vary the learning rate or the dropout because of x          | LR off; DROPOUT off
            I do not want you to tune the num layers                          | NUM_LAYERS off
            Leave the optimizer alone                                         | OPTIMIZER off
            leave lr and dropout as they are, at most 5 minutes a trial       | LR off; DROPOUT off
            Keep the batch size fixed and hold the dropout constant           | BATCH_SIZE off; DROPOUT off
            Fix the weight decay. Freeze the batch size for now               | BATCH_SIZE off; WEIGHT_DECAY off
            The batch size stays as it is                                     | BATCH_SIZE off
            BATCH_SIZE must not be changed                                    | BATCH_SIZE off
            Tune it without changing the dropout                              | DROPOUT off
            keep the optimizer at adam                                        | OPTIMIZER off
            Keep the optimizer at "Adam" and the batch size at 32.            | BATCH_SIZE off; OPTIMIZER off
            fix lr to 1e-3, tune the rest                                     | LR off
            The dropout stays at 0.1                                          | DROPOUT off
                    batch size fixed at 32, no tuning of the dropout                  | BATCH_SIZE off; DROPOUT off
            Keep use_bias at true                                             | USE_BIAS off
            do not tune A                                                     | A off
            Tune only the learning rate and the dropout                       | BATCH_SIZE off; NUM_LAYERS off; WEIGHT_DECAY off; USE_BIAS off; A off
            only tune the batch size                                          | LR off; NUM_LAYERS off; WEIGHT_DECAY off; DROPOUT off; USE_BIAS off; A off
                    Only the batch size is to be tuned                                | LR off; NUM_LAYERS off; WEIGHT_DECAY off; DROPOUT off; USE_BIAS off; A off
                    tune the batch size and nothing else                              | LR off; NUM_LAYERS off; WEIGHT_DECAY off; DROPOUT off; USE_BIAS off; A off
            powers of two for the batch size                                  | BATCH_SIZE int in [8, 128], powers of two
            The batch size must be a power of 2                               | BATCH_SIZE int in [8, 128], powers of two
            tune the batch size in powers of two                              | BATCH_SIZE int in [8, 128], powers of two
            use only powers of two for BATCH_SIZE                             | BATCH_SIZE int in [8, 128], powers of two
            learning rate between 1e-4 and 1e-2                               | LR float in [0.0001, 0.01], log scale
            the batch size from 16 to 256                                     | BATCH_SIZE int in [16, 256], log scale
            batch size between 16 and 256 in powers of two                    | BATCH_SIZE int in [16, 256], powers of two
            Powers of two for the batch size; keep the batch size between 20 and 300 | BATCH_SIZE int in [32, 256], powers of two
            weight decay from 0.001 to 0.1                                    | WEIGHT_DECAY float in [0.001, 0.1], log scale
            weight decay from 0.05 to 0.2                                     | WEIGHT_DECAY float in [0.05, 0.2]
            the dropout should lie between 0 and 0.5                          | DROPOUT float in [0, 0.5]
            """)
    void whatIsSurelyUnderstoodIsHeeded(String words, String said) {
        Wishes wishes = Wishes.in(words, script);
        assertThat(said(wishes)).isEqualTo(said);
        assertThat(wishes.unclear()).isEmpty();
        assertThat(wishes.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "do not tune the batch size below 16",
                "do not only tune the learning rate",
                "do not fix the batch size",
                "do not keep the optimizer at adam",
                "it is not necessary to leave the batch size alone",
                "if memory is short, do not tune the batch size",
                "do not tune the batch size unless it helps",
                "do not tune the batch size and the dropout above 0.3",
                "do not tune the batch size but for small models",
                "keep the batch size at 1,024",
                "keep the batch size small",
                "the batch size must not be larger than 64",
                "learning rate at most 0.01",
                "optimizer: keep at adam",
                "leave everything else as it is",
                "exclude the dropout",
                "use sgd as the optimizer",
                "do not change the data",
                "do not tune a",
            })
    void whatIsNotSurelyUnderstoodIsSaidAndNotHeeded(String words) {
        Wishes wishes = Wishes.in("Train it. " + words + ". Thank you.", script);
        assertThat(said(wishes)).isEmpty();
        assertThat(wishes.unclear()).containsExactly(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Fine-tune the character model on Shakespeare; I care about validation loss, at most 5 minutes a trial",
                "Tune the learning rate and the batch size.",
                "Keep it short, and do not worry.",
                "between you and me, 3 of 4 runs fail",
            })
    void whatSaysNothingOfSingleConstantsIsLeftInPeace(String words) {
        Wishes wishes = Wishes.in(words, script);
        assertThat(said(wishes)).isEmpty();
        assertThat(wishes.unclear()).isEmpty();
        assertThat(wishes.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            keep the optimizer at sgd              | OPTIMIZER off | keep the optimizer at sgd: the script has adam: set it there, since what is left alone runs as it stands
            keep lr at 0.1                         | LR off        | keep lr at 0.1: the script has 0.001: set it there, since what is left alone runs as it stands
            powers of two for the num layers       | ''            | powers of two for the num layers: 3 is no power of two: set one in the script first
            powers of two for the dropout          | ''            | powers of two for the dropout: DROPOUT is no whole number above 0
            learning rate between 0.01 and 0.1     | ''            | 'learning rate between 0.01 and 0.1: LR: float in [0.01, 0.1], log scale does not hold the script''s own 0.001'
            learning rate between 1 and 1e-9       | ''            | 'learning rate between 1 and 1e-9: LR: low must not be above high for LR: [1.0, 1.0E-9]'
            dropout from 0 to 0.5. Fix the dropout | ''            | 'dropout from 0 to 0.5, Fix the dropout: both speak of DROPOUT: say one of them'
            """)
    void whatIsUnderstoodAndCannotBeIsSaid(String words, String said, String problem) {
        Wishes wishes = Wishes.in(words, script);
        assertThat(said(wishes)).isEqualTo(said);
        assertThat(wishes.problems()).containsExactly(problem);
    }

    @Test
    void wordsThatSeveralNamesEndInMeanAllOrHaveToBeMorePrecise() {
        assertThat(said(Wishes.in("Do not tune the learning rates.", groups)))
                .isEqualTo("MATRIX_LR off; EMBEDDING_LR off");
        assertThat(said(Wishes.in("Do not tune the embedding lr or the total batch size.", groups)))
                .isEqualTo("EMBEDDING_LR off; TOTAL_BATCH_SIZE off");
        Wishes kept = Wishes.in("Keep the batch size at 128.", groups);
        assertThat(said(kept)).isEmpty();
        assertThat(kept.problems())
                .containsExactly(
                        "Keep the batch size at 128: could be DEVICE_BATCH_SIZE or TOTAL_BATCH_SIZE: say which");
    }

    @Test
    void aPersonsWordsHoldAgainstAModelsAndPowersOfTwoAreOfItsRange() {
        Advised own = new Advised(new Advice.Leave("too many"), "a model");
        Parameter range = new Parameter.Whole("BATCH_SIZE", 10, 600);
        Map<String, Advised> model = new LinkedHashMap<>();
        model.put("DROPOUT", own);
        model.put("BATCH_SIZE", new Advised(new Advice.Search(range, Optional.of(Value.of(48)), "wide"), "a model"));
        model.put("LR", own);
        Wishes wishes = Wishes.in("Powers of two for the batch size, the dropout between 0 and 0.5", script);
        Map<String, Advised> all = wishes.over(model);
        assertThat(all.get("BATCH_SIZE").author()).isEqualTo(Advised.PERSON);
        Advice.Search powers = (Advice.Search) all.get("BATCH_SIZE").advice();
        assertThat(powers.parameter().describe()).isEqualTo("int in [16, 512], powers of two");
        assertThat(powers.start()).as("48 is none").isEmpty();
        assertThat(powers.why()).isEqualTo("\"Powers of two for the batch size\"");
        assertThat(said(all.get("DROPOUT").advice())).isEqualTo("float in [0, 0.5]");
        assertThat(all.get("LR")).isSameAs(own);
        assertThat(wishes.over(Map.of("BATCH_SIZE", own)))
                .as("what a model leaves alone stays so, in powers of two or not")
                .containsEntry("BATCH_SIZE", own);
    }

    @Test
    void noRequestTakesLong() {
        for (String piece :
                new String[] {"do not tune ", "the batch size, ", "lr and ", "keep lr at ", "a a ", "powers of two "}) {
            String words = piece.repeat(4000 / piece.length());
            assertThat(Wishes.in(words, script).problems()).isEmpty();
        }
    }
}
