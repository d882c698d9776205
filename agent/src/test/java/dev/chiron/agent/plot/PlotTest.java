package dev.chiron.agent.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chiron.agent.BadInput;
import dev.chiron.agent.plot.draw.Picture;
import dev.chiron.optimizers.SplitMix;
import dev.chiron.optimizers.space.Config;
import dev.chiron.optimizers.space.Parameter;
import dev.chiron.optimizers.space.SearchSpace;
import dev.chiron.optimizers.space.Value;
import dev.chiron.optimizers.study.Change;
import dev.chiron.optimizers.study.History;
import dev.chiron.optimizers.study.Objective;
import dev.chiron.optimizers.study.Objective.Goal;
import dev.chiron.optimizers.study.Origin;
import dev.chiron.optimizers.study.Outcome;
import dev.chiron.optimizers.study.Trial;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlotTest {

    private static final Size SCREEN = new Size(72, 16);

    static final SearchSpace SPACE = SearchSpace.of(
            new Parameter.Real("LEARNING_RATE", 0.0001, 1, true),
            new Parameter.Whole("DEPTH", 2, 20),
            new Parameter.Choice("OPTIMIZER", List.of(Value.of("adam"), Value.of("sgd"), Value.of("lion")), false),
            new Parameter.Real("IDLE", 0, 1, false));

    private static Trial trial(int number, Config config, Origin origin, Outcome outcome) {
        return new Trial(number, new Change.Settings(config), origin, outcome, Duration.ofSeconds(1));
    }

    /** A study of which the learning rate decides most, one in ten fails, and now and then one is absurd. */
    static History study(int trials) {
        History history = new History(new Objective("val_loss", Goal.MINIMIZE));
        SplitMix random = new SplitMix(11);
        for (int n = 0; n < trials; n++) {
            double[] point = {random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()};
            double loss = 1 + Math.pow(point[0] - 0.6, 2) * 4 + 0.2 * point[1] + 0.02 * random.nextDouble();
            Origin origin = n == 0 ? Origin.BASELINE : n % 4 == 0 ? Origin.LLM : Origin.CMA_ES;
            Outcome outcome = n % 10 == 9
                    ? new Outcome.Failed(Outcome.Reason.OUT_OF_MEMORY, "no memory")
                    : new Outcome.Measured(n % 25 == 24 ? 1e9 : loss);
            history.add(trial(n, SPACE.decode(point), origin, outcome));
        }
        return history;
    }

    static Stream<Plot> plots() {
        return Stream.of(
                new Plot.Values(),
                new Plot.Parallel(),
                new Plot.Slice("LEARNING_RATE"),
                new Plot.Slice("OPTIMIZER"),
                new Plot.Importances());
    }

    @ParameterizedTest
    @MethodSource("plots")
    void picturesAreAsTheyWereWhenTheyWereLookedAt(Plot plot) throws IOException {
        Picture picture = plot.draw(SPACE, study(120), SCREEN);
        golden(plot.name() + ".txt", String.join("\n", picture.text(false)) + "\n");
    }

    @Test
    void coloursAreThoseOfWhoProposed() throws IOException {
        Picture picture = new Plot.Values().draw(SPACE, study(60), SCREEN);
        golden("history-colours.txt", String.join("\n", picture.text(true)) + "\n");
    }

    private static void golden(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/golden/plot", name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest
    @MethodSource("plots")
    void textStaysInsideOfItsSize(Plot plot) {
        for (Size size : List.of(new Size(40, 12), SCREEN, new Size(200, 60), new Size(1, 1))) {
            List<String> lines = plot.draw(SPACE, study(120), size).text(false);
            assertThat(lines).hasSizeLessThanOrEqualTo(size.rows());
            assertThat(lines)
                    .allSatisfy(line ->
                            assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(size.columns()));
        }
    }

    @ParameterizedTest
    @MethodSource("plots")
    void aFileIsAPngOfTwiceTheSize(Plot plot) throws IOException {
        byte[] png = plot.draw(SPACE, study(120), Size.OF_FILE).png();
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(image.getWidth()).isEqualTo(2 * 8 * Size.OF_FILE.columns());
        assertThat(image.getHeight()).isBetween(2 * 16 * 6, 2 * 16 * Size.OF_FILE.rows());
    }

    @ParameterizedTest
    @MethodSource("plots")
    void oneTrialIsDrawnOrSaidToBeTooFew(Plot plot) {
        if (plot instanceof Plot.Importances) {
            assertThatThrownBy(() -> plot.draw(SPACE, study(1), SCREEN))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(
                            "what the parameters do can be said from 10 measured configs of these 4 parameters on; there are 1");
        } else {
            assertThat(plot.draw(SPACE, study(1), SCREEN).text(false)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("plots")
    void nothingMeasuredIsSaid(Plot plot) {
        History history = new History(new Objective("val_loss", Goal.MAXIMIZE));
        history.add(
                trial(0, SPACE.decode(new double[4]), Origin.BASELINE, new Outcome.Failed(Outcome.Reason.CRASHED, "")));
        assertThatThrownBy(() -> plot.draw(SPACE, history, SCREEN)).hasMessage("nothing has been measured yet");
    }

    @ParameterizedTest
    @MethodSource("plots")
    void extremeValuesAndHostileNamesAreDrawn(Plot plot) throws IOException {
        History history = new History(new Objective("\u001b[2J\u0007loss\n\ud800", Goal.MAXIMIZE));
        SplitMix random = new SplitMix(5);
        for (int n = 0; n < 20; n++) {
            double[] point = {random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()};
            double value = n % 3 == 0 ? 1e300 : n % 3 == 1 ? -1e300 : n;
            history.add(trial(n, SPACE.decode(point), Origin.RANDOM, new Outcome.Measured(value)));
        }
        Picture picture = plot.draw(SPACE, history, SCREEN);
        assertThat(String.join("", picture.text(false))).doesNotContainPattern("\\p{Cntrl}");
        assertThat(picture.png()).isNotEmpty();
    }

    @Test
    void trialsFromAnotherSpaceAreLeftOut() {
        History history = study(120);
        SearchSpace narrower = SearchSpace.of(
                new Parameter.Real("LEARNING_RATE", 0.01, 0.1, true), new Parameter.Real("NEW", 0, 1, false));
        assertThatThrownBy(() -> new Plot.Importances().draw(narrower, history, SCREEN))
                .hasMessage(
                        "what the parameters do can be said from 10 measured configs of these 2 parameters on; there are 0");
        assertThat(new Plot.Slice("NEW").draw(narrower, history, SCREEN).text(false))
                .isNotEmpty();
        assertThat(new Plot.Parallel().draw(narrower, history, SCREEN).text(false))
                .isNotEmpty();
    }

    /** Trials of several objectives, the second of which pulls the other way; of every tenth nothing is known. */
    private static History several(int trials, double scale, List<Objective> further) {
        Objective objective = new Objective("val_loss", Goal.MINIMIZE, further, List.of());
        History history = new History(objective);
        SplitMix random = new SplitMix(3);
        for (int n = 0; n < trials; n++) {
            double[] point = {random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble()};
            Map<String, Double> metrics = new LinkedHashMap<>();
            metrics.put("val_loss", scale * (point[0] + 0.3 * point[1]));
            metrics.put("accuracy", scale * (point[0] - 0.3 * point[2]));
            metrics.put("ms", point[3]);
            Outcome outcome = n % 10 == 9
                    ? new Outcome.Failed(Outcome.Reason.CRASHED, "")
                    : new Outcome.Measured(metrics.get("val_loss"), metrics, List.of());
            history.add(trial(n, SPACE.decode(point), n == 0 ? Origin.BASELINE : Origin.NSGA2, outcome));
        }
        return history;
    }

    @Test
    void theFrontIsDrawnByTheFirstTwoObjectives() throws IOException {
        Objective accuracy = new Objective("accuracy", Goal.MAXIMIZE);
        Picture two = new Plot.Front().draw(SPACE, several(60, 1, List.of(accuracy)), SCREEN);
        golden("front.txt", String.join("\n", two.text(false)) + "\n");
        assertThat(two.text(false)).hasSizeLessThanOrEqualTo(SCREEN.rows());
        assertThat(two.png()).isNotEmpty();

        Objective latency = new Objective("ms", Goal.MINIMIZE);
        assertThat(new Plot.Front()
                        .draw(SPACE, several(60, 1, List.of(accuracy, latency)), SCREEN)
                        .title())
                .endsWith(": val_loss across, accuracy up; 1 more");
        assertThat(new Plot.Front()
                        .draw(SPACE, several(1, 1, List.of(accuracy)), SCREEN)
                        .text(false))
                .isNotEmpty();
        assertThat(new Plot.Front()
                        .draw(SPACE, several(60, 1e308, List.of(accuracy)), SCREEN)
                        .text(false))
                .isNotEmpty();
    }

    @Test
    void oneObjectiveHasNoFront() {
        assertThatThrownBy(() -> new Plot.Front().draw(SPACE, study(20), SCREEN))
                .isInstanceOf(BadInput.class)
                .hasMessage("a front needs several metrics, and this study tunes one: see plot history");
    }

    @Test
    void manyParametersAreCutToThoseThatMatter() {
        List<Parameter> many = Stream.iterate(0, i -> i + 1)
                .limit(30)
                .<Parameter>map(i -> new Parameter.Real("P" + i, 0, 1, false))
                .toList();
        SearchSpace space = new SearchSpace(many, List.of());
        History history = new History(new Objective("loss", Goal.MINIMIZE));
        SplitMix random = new SplitMix(9);
        for (int n = 0; n < 80; n++) {
            double[] point = Stream.generate(random::nextDouble)
                    .limit(30)
                    .mapToDouble(u -> u)
                    .toArray();
            history.add(trial(n, space.decode(point), Origin.RANDOM, new Outcome.Measured(point[29])));
        }
        Picture picture = new Plot.Parallel().draw(space, history, SCREEN);
        assertThat(picture.title()).isEqualTo("the best 8 by loss; 7 of 30 parameters");
        assertThat(picture.text(false).get(1)).contains("P29");
    }

    @Test
    void wordsSayWhatIsDrawn() {
        assertThat(Plot.of(List.of())).isEqualTo(new Plot.Values());
        assertThat(Plot.of(List.of("slice", "DEPTH"))).isEqualTo(new Plot.Slice("DEPTH"));
        assertThat(new Plot.Slice("a/../b c").name()).isEqualTo("slice-a____b_c");
        assertThatThrownBy(() -> Plot.of(List.of("slice"))).hasMessage("slice needs a parameter: slice NAME");
        assertThatThrownBy(() -> Plot.of(List.of("pie")))
                .hasMessage("no plot pie: there are history, parallel, slice, importance, front");
        assertThatThrownBy(() -> Plot.of(List.of("history", "LR"))).hasMessageContaining("behind history: LR");
        assertThatThrownBy(() -> new Plot.Slice("LR").draw(SPACE, study(3), SCREEN))
                .hasMessage("no parameter LR: there are LEARNING_RATE, DEPTH, OPTIMIZER, IDLE");
    }
}
