package dev.chiron.evals.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.chiron.agent.BadInput;
import dev.chiron.evals.surrogate.Card;
import dev.chiron.evals.surrogate.Recorded;
import dev.chiron.evals.task.EvalTask;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FitTest {

    private static final CsvOptions ACCURACY = new CsvOptions(
            new Objective("accuracy", Objective.Goal.MAXIMIZE),
            List.of(),
            List.of("note"),
            Optional.empty(),
            List.of());

    @TempDir
    Path folder;

    /** Best at a rate of .01 and a width of 64; wider than 200 runs out of memory. */
    private static List<String> table(int rows) {
        Random random = new Random(4);
        List<String> lines = new ArrayList<>(List.of("trial,seed,rate,width,kind,note,accuracy,seconds"));
        for (int i = 0; i < rows; i++) {
            double rate = Math.pow(10, -4 + 4 * random.nextDouble());
            int width = 16 + random.nextInt(240);
            String kind = random.nextBoolean() ? "adam" : "sgd";
            double accuracy = 0.9
                    - 0.05 * Math.pow(Math.log10(rate) + 2, 2)
                    - 0.000_004 * Math.pow(width - 64, 2)
                    - (kind.equals("sgd") ? 0.1 : 0);
            String value = width > 200 ? "out of memory" : String.format(Locale.ROOT, "%.5f", accuracy);
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%d,%.6f,%d,%s,\"a, b\",%s,%d",
                    i,
                    i % 2,
                    rate,
                    width,
                    kind,
                    value,
                    width > 200 ? 3 : 60));
        }
        return lines;
    }

    private Path file(List<String> lines) throws IOException {
        return Files.write(folder.resolve("runs.csv"), lines);
    }

    @Test
    void aTableShowsWhatWasTuned() throws IOException {
        Log log = Logs.table(file(table(80)), ACCURACY);

        assertThat(log.space().parameters()).hasSize(3);
        assertThat(log.space().find("rate")).hasValueSatisfying(rate -> {
            assertThat(rate).isInstanceOf(Parameter.Real.class);
            assertThat(((Parameter.Real) rate).log()).isTrue();
        });
        assertThat(log.space().find("width")).hasValueSatisfying(width -> {
            assertThat(((Parameter.Whole) width).log()).isFalse();
            assertThat(((Parameter.Whole) width).powersOfTwo()).isFalse();
        });
        assertThat(log.space().find("kind")).contains(Parameter.Choice.of("kind", "adam", "sgd"));
        assertThat(log.trials()).hasSize(80).extracting(Recorded::run).containsOnly("0", "1");
        assertThat(log.trials()).filteredOn(trial -> trial.value().isEmpty()).isNotEmpty();
    }

    @Test
    void theTaskAnswersAsTheTrainingDid() throws IOException {
        Path file = folder.resolve("mine.task.json");
        Log log = Logs.table(file(table(150)), ACCURACY);
        Logs.write(log, file);
        EvalTask task = new FittedSuite(folder::resolve).find("mine.task.json").orElseThrow();
        assertThat(new TaskFile().read(file).trials()).isEqualTo(log.trials());

        Config good = task.baseline()
                .orElseThrow()
                .with("rate", Value.of(0.01))
                .with("width", Value.of(64L))
                .with("kind", Value.of("adam"));
        double still =
                ((Outcome.Measured) task.evaluate(good, OptionalLong.empty()).outcome()).value();
        assertThat(still).isCloseTo(0.9, within(0.02));
        assertThat(task.evaluate(good, OptionalLong.empty()).seconds()).isEqualTo(60);
        assertThat(task.evaluate(good, OptionalLong.of(1))).isEqualTo(task.evaluate(good, OptionalLong.of(1)));
        Config wide = good.with("width", Value.of(250L));
        assertThat(task.evaluate(wide, OptionalLong.of(1)).outcome()).isInstanceOf(Outcome.Failed.class);
        assertThat(task.evaluate(wide, OptionalLong.of(1)).seconds()).isEqualTo(3);
        Config poor = good.with("kind", Value.of("sgd"));
        assertThat(((FittedTask) task).value(poor)).isCloseTo(0.8, within(0.02));
    }

    @Test
    void theCardSaysHowFarItCanBeBelieved() throws IOException {
        Card card = Logs.card(Logs.table(file(table(150)), ACCURACY));

        assertThat(card.trials()).isEqualTo(150);
        assertThat(card.folds().measured()).isEqualTo(150 - card.failed());
        assertThat(card.folds().error()).isLessThan(0.03);
        assertThat(card.folds().rank()).isGreaterThan(0.95);
        assertThat(card.folds().auc()).isGreaterThan(0.95);
        assertThat(card.others()).extracting(Card.LeftOut::name).containsExactly("0", "1");
        assertThat(card.repeats()).isNaN(); // no config was run twice
        assertThat(card.lines()).anyMatch(line -> line.startsWith("repeats of a config within one study differ by -"));
    }

    @Test
    void withoutFailuresOrOtherStudiesTheCardClaimsNothingOfThem() throws IOException {
        List<String> lines = new ArrayList<>(table(60));
        lines.removeIf(line -> line.contains("memory"));
        CsvOptions together = new CsvOptions(
                ACCURACY.objective(), List.of("rate", "width"), List.of(), Optional.empty(), List.of("note"));
        Card card = Logs.card(Logs.table(file(lines), together));

        assertThat(card.failed()).isZero();
        assertThat(card.folds().auc()).isNaN();
        assertThat(card.others()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metric,a|no column accuracy",
                "accuracy,a|there are no runs below the header",
                "accuracy,a;0.5,1;0.6|runs.csv:3: 1 cells where the header has 2",
                "accuracy,a;0.5x,1;0.6,2|accuracy: `0.5x` is no number",
                "accuracy,a;0.5,1;0.6,|a is empty",
                "accuracy,a;failed,1;failed,2|2 runs, of which 0 different configs were measured",
                "accuracy,a;0.5,1;0.5,1|no column with different values",
            })
    void whatCannotBeUsedIsNamed(String lines, String message) throws IOException {
        Path file = file(List.of(lines.split(";")));
        CsvOptions options = new CsvOptions(ACCURACY.objective(), List.of(), List.of(), Optional.empty(), List.of());
        assertThatThrownBy(() -> Logs.table(file, options))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("runs.csv")
                .hasMessageContaining(message);
    }

    @Test
    void aTextAmongNumbersIsNamedAndNoOption() throws IOException {
        List<String> lines = table(40);
        Path path = file(lines);
        String[] cells = lines.get(7).split(",", -1);

        lines.set(7, lines.get(7).replace("," + cells[2] + ",", ",fast,"));
        file(lines);
        assertThatThrownBy(() -> Logs.table(path, ACCURACY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("runs.csv:8: rate: `fast` is no number, as most of the column are")
                .hasMessageContaining("--ignore rate");

        List<String> timed = table(40);
        timed.set(3, timed.get(3).replaceAll(",\\d+$", ",1 min"));
        file(timed);
        assertThatThrownBy(() -> Logs.table(path, ACCURACY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("runs.csv:4: seconds: `1 min` is no number of seconds")
                .hasMessageContaining("--ignore seconds");
    }

    @Test
    void aColumnThatIsThereTwiceIsNamed() throws IOException {
        List<String> lines = table(20);
        lines.set(0, lines.get(0).replace("width", "rate"));
        Path path = file(lines);
        assertThatThrownBy(() -> Logs.table(path, ACCURACY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("runs.csv cannot be read as a table")
                .hasMessageContaining("rate");
    }

    @Test
    void valuesThatAreAllTheSameTeachNothing() throws IOException {
        List<String> lines = new ArrayList<>(List.of("accuracy,rate"));
        for (int i = 0; i < 20; i++) {
            lines.add("0.5," + i);
        }
        CsvOptions options = new CsvOptions(ACCURACY.objective(), List.of(), List.of(), Optional.empty(), List.of());
        assertThatThrownBy(() -> Logs.table(file(lines), options))
                .hasMessageContaining("every run gave the same accuracy");
    }

    @Test
    void aTextOfTooManyKindsIsNoChoice() throws IOException {
        List<String> lines = new ArrayList<>(List.of("accuracy,name"));
        for (int i = 0; i < 60; i++) {
            lines.add(i + ",run-" + i);
        }
        CsvOptions options = new CsvOptions(ACCURACY.objective(), List.of(), List.of(), Optional.empty(), List.of());
        assertThatThrownBy(() -> Logs.table(file(lines), options)).hasMessageContaining("--ignore name");
    }

    @Test
    void aFileThatIsNoTaskIsRefused() throws IOException {
        FittedSuite suite = new FittedSuite(folder::resolve);
        assertThat(suite.find("sphere")).isEmpty();
        assertThatThrownBy(() -> suite.find("no.task.json")).hasMessageContaining("`chiron evals fit` makes one");
        for (String text : List.of("{}", "{", "{\"v\":1,\"trials\":[],\"space\":{}}")) {
            Files.writeString(folder.resolve("bad.task.json"), text);
            assertThatThrownBy(() -> suite.find("bad.task.json"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("bad.task.json");
        }
    }
}
