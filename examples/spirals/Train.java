import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Trains a small network to tell apart the three arms of a noisy spiral, in plain Java. One file, no libraries:
 * {@code java Train.java}. Prints the validation loss while it trains, and at the end.
 *
 * <p>Every run gets the same amount of arithmetic ({@link #WORK}), so a wider or deeper network gets fewer steps. The same
 * constants give the same loss to the last bit, on any machine.
 */
final class Train {

    // What may be tuned.
    static final double LEARNING_RATE = 0.01;
    static final int BATCH_SIZE = 64;
    static final int WIDTH = 64;
    static final int DEPTH = 2; // hidden layers
    static final int FREQUENCIES = 0; // sines and cosines of each coordinate given to the network: 2^0, 2^1, ... periods
    static final String ACTIVATION = "relu"; // relu, tanh or gelu
    static final double INIT_SCALE = 1.0; // times 1 / sqrt(inputs)
    static final double MOMENTUM = 0.9;
    static final double WEIGHT_DECAY = 0.001; // decoupled, times the learning rate
    static final double CLIP = 1.0; // largest length of a step's gradient
    static final double WARMUP_RATIO = 0.05; // share of the steps in which the learning rate rises
    static final double WARMDOWN_RATIO = 0.3; // share of the steps in which it falls to nothing

    // What stays as it is.
    static final long SEED = 1; // of the weights and the order of the examples
    static final long WORK = 3_200_000_000L; // multiplications that a training run may use
    static final int ARMS = 3;
    static final int EXAMPLES = 2000; // for training, and as many again for validation
    static final int LINES = 6; // of the curve
    static final double HOPELESS = 10; // a loss that no run comes back from: guessing blindly has 1.1

    private final int[] batch = new int[BATCH_SIZE]; // numbers of the examples in it
    private final int[] sizes; // neurons in each layer, inputs first
    private final float[][] weights; // of each layer: inputs x outputs, then one bias an output
    private final float[][] gradients;
    private final float[][] momenta;
    private final float[][] outputs; // of each layer: examples x neurons, as they go into the next one
    private final float[][] slopes; // derivative of the activation there
    private final float[][] deltas; // derivative of the loss there

    private Train(int inputs, Random random) {
        sizes = new int[DEPTH + 2];
        Arrays.fill(sizes, WIDTH);
        sizes[0] = inputs;
        sizes[DEPTH + 1] = ARMS;
        weights = new float[DEPTH + 1][];
        gradients = new float[DEPTH + 1][];
        momenta = new float[DEPTH + 1][];
        outputs = new float[DEPTH + 2][];
        slopes = new float[DEPTH + 2][];
        deltas = new float[DEPTH + 2][];
        for (int layer = 0; layer <= DEPTH; layer++) {
            int in = sizes[layer];
            int out = sizes[layer + 1];
            weights[layer] = new float[(in + 1) * out];
            gradients[layer] = new float[(in + 1) * out];
            momenta[layer] = new float[(in + 1) * out];
            for (int i = 0; i < in * out; i++) {
                weights[layer][i] = (float) (random.nextGaussian() * INIT_SCALE / Math.sqrt(in));
            }
            outputs[layer + 1] = new float[BATCH_SIZE * out];
            slopes[layer + 1] = new float[BATCH_SIZE * out];
            deltas[layer + 1] = new float[BATCH_SIZE * out];
        }
        outputs[0] = new float[BATCH_SIZE * inputs];
        deltas[0] = new float[BATCH_SIZE * inputs];
    }

    public static void main(String[] arguments) {
        Data training = Data.spirals(EXAMPLES, new Random(12));
        Data validation = Data.spirals(EXAMPLES, new Random(34));
        Random random = new Random(SEED);
        Train network = new Train(training.inputs, random);
        long perStep = network.parameters() * (3L * BATCH_SIZE + 3) + 20L * BATCH_SIZE * WIDTH * DEPTH;
        int steps = (int) Math.max(1, WORK / perStep);
        System.out.printf(Locale.ROOT, "parameters: %d steps: %d%n", network.parameters(), steps);
        for (int step = 1; step <= steps; step++) {
            network.load(training, random);
            network.forward(BATCH_SIZE);
            network.backward(training);
            network.update(LEARNING_RATE * schedule(step, steps));
            if (step * (long) LINES / steps > (step - 1) * (long) LINES / steps && step < steps) {
                double loss = network.loss(validation, EXAMPLES / 4);
                System.out.printf(Locale.ROOT, "step: %d val_loss: %.6f%n", step, loss);
                if (!(loss < HOPELESS)) {
                    System.out.println("val_loss: nan");
                    return;
                }
            }
        }
        System.out.printf(Locale.ROOT, "val_loss: %.6f%n", network.loss(validation, EXAMPLES));
    }

    /** Share of the learning rate: rises over the first steps, falls over the last ones. */
    private static double schedule(int step, int steps) {
        double done = (step - 0.5) / steps;
        return Math.min(1, Math.min(done / Math.max(WARMUP_RATIO, 1e-9), (1 - done) / Math.max(WARMDOWN_RATIO, 1e-9)));
    }

    private void load(Data data, Random random) {
        for (int row = 0; row < BATCH_SIZE; row++) {
            batch[row] = random.nextInt(data.labels.length);
            System.arraycopy(data.features, batch[row] * data.inputs, outputs[0], row * data.inputs, data.inputs);
        }
    }

    private void forward(int rows) {
        for (int layer = 0; layer <= DEPTH; layer++) {
            int in = sizes[layer];
            int out = sizes[layer + 1];
            for (int row = 0; row < rows; row++) {
                combine(outputs[layer], row * in, in, weights[layer], outputs[layer + 1], row * out, out);
            }
            if (layer < DEPTH) {
                activate(outputs[layer + 1], slopes[layer + 1], rows * out);
            }
        }
    }

    /** to = from * weights + bias */
    private static void combine(float[] from, int at, int in, float[] weights, float[] to, int start, int out) {
        System.arraycopy(weights, in * out, to, start, out);
        for (int i = 0; i < in; i++) {
            float x = from[at + i];
            int w = i * out;
            for (int o = 0; o < out; o++) {
                to[start + o] += x * weights[w + o];
            }
        }
    }

    private static void activate(float[] values, float[] slopes, int count) {
        for (int i = 0; i < count; i++) {
            float x = values[i];
            switch (ACTIVATION) {
                case "relu" -> {
                    values[i] = Math.max(x, 0);
                    slopes[i] = x > 0 ? 1 : 0;
                }
                case "tanh" -> {
                    values[i] = (float) tanh(x);
                    slopes[i] = 1 - values[i] * values[i];
                }
                case "gelu" -> {
                    double inner = tanh(0.7978845608 * (x + 0.044715 * x * x * x));
                    values[i] = (float) (0.5 * x * (1 + inner));
                    slopes[i] = (float) (0.5 * (1 + inner)
                            + 0.5 * x * (1 - inner * inner) * 0.7978845608 * (1 + 0.134145 * x * x));
                }
                default -> throw new IllegalArgumentException("unknown ACTIVATION " + ACTIVATION);
            }
        }
    }

    /** StrictMath, so that every machine computes the same. */
    private static double tanh(double x) {
        return 1 - 2 / (StrictMath.exp(2 * x) + 1);
    }

    private void backward(Data data) {
        for (int row = 0; row < BATCH_SIZE; row++) {
            softmax(outputs[DEPTH + 1], row * ARMS, deltas[DEPTH + 1]);
            deltas[DEPTH + 1][row * ARMS + data.labels[batch[row]]] -= 1;
        }
        for (int layer = DEPTH; layer >= 0; layer--) {
            Arrays.fill(gradients[layer], 0);
            for (int row = 0; row < BATCH_SIZE; row++) {
                spread(layer, row);
            }
            if (layer > 0) {
                for (int i = 0; i < deltas[layer].length; i++) {
                    deltas[layer][i] *= slopes[layer][i];
                }
            }
        }
    }

    /** Adds one example's part to a layer's gradient, and hands the loss's derivative down to its inputs. */
    private void spread(int layer, int row) {
        int in = sizes[layer];
        int out = sizes[layer + 1];
        float[] gradient = gradients[layer];
        float[] weight = weights[layer];
        float[] delta = deltas[layer + 1];
        int d = row * out;
        for (int i = 0; i < in; i++) {
            float x = outputs[layer][row * in + i];
            float sum = 0;
            int w = i * out;
            for (int o = 0; o < out; o++) {
                gradient[w + o] += x * delta[d + o];
            }
            for (int o = 0; o < out; o++) {
                sum += weight[w + o] * delta[d + o];
            }
            deltas[layer][row * in + i] = sum;
        }
        for (int o = 0; o < out; o++) {
            gradient[in * out + o] += delta[d + o];
        }
    }

    private void update(double rate) {
        double squares = 0;
        for (float[] gradient : gradients) {
            for (float g : gradient) {
                squares += (double) g * g;
            }
        }
        double length = Math.sqrt(squares) / BATCH_SIZE;
        float scale = (float) (Math.min(1, CLIP / length) / BATCH_SIZE);
        float shrink = (float) (1 - rate * WEIGHT_DECAY);
        for (int layer = 0; layer <= DEPTH; layer++) {
            float[] weight = weights[layer];
            float[] momentum = momenta[layer];
            float[] gradient = gradients[layer];
            for (int i = 0; i < weight.length; i++) {
                momentum[i] = (float) MOMENTUM * momentum[i] + scale * gradient[i];
                weight[i] = shrink * weight[i] - (float) rate * momentum[i];
            }
        }
    }

    /** Mean cross-entropy in nats over the first examples. */
    private double loss(Data data, int examples) {
        double sum = 0;
        for (int start = 0; start < examples; start += BATCH_SIZE) {
            int rows = Math.min(BATCH_SIZE, examples - start);
            System.arraycopy(data.features, start * data.inputs, outputs[0], 0, rows * data.inputs);
            forward(rows);
            for (int row = 0; row < rows; row++) {
                sum += softmax(outputs[DEPTH + 1], row * ARMS, deltas[DEPTH + 1])
                        - outputs[DEPTH + 1][row * ARMS + data.labels[start + row]];
            }
        }
        return sum / examples;
    }

    /** Writes the probabilities; returns the logarithm of the sum of exponentials. */
    private static double softmax(float[] logits, int at, float[] probabilities) {
        double top = Double.NEGATIVE_INFINITY;
        for (int arm = 0; arm < ARMS; arm++) {
            top = Math.max(top, logits[at + arm]);
        }
        double sum = 0;
        for (int arm = 0; arm < ARMS; arm++) {
            sum += StrictMath.exp(logits[at + arm] - top);
        }
        double whole = top + StrictMath.log(sum);
        for (int arm = 0; arm < ARMS; arm++) {
            probabilities[at + arm] = (float) StrictMath.exp(logits[at + arm] - whole);
        }
        return whole;
    }

    private long parameters() {
        long count = 0;
        for (float[] weight : weights) {
            count += weight.length;
        }
        return count;
    }

    /** Points in the plane as the network sees them, and the arm that each lies on. */
    private static final class Data {
        final int inputs = 2 + 4 * FREQUENCIES;
        final float[] features;
        final int[] labels;

        private Data(int count) {
            features = new float[count * inputs];
            labels = new int[count];
        }

        static Data spirals(int count, Random random) {
            Data data = new Data(count);
            for (int i = 0; i < count; i++) {
                int arm = random.nextInt(ARMS);
                double radius = 0.1 + 0.9 * random.nextDouble();
                double angle = 2 * Math.PI * (arm / (double) ARMS + 2 * radius) + 0.5 * random.nextGaussian();
                data.labels[i] = arm;
                data.set(i, radius * StrictMath.cos(angle), radius * StrictMath.sin(angle));
            }
            return data;
        }

        private void set(int row, double x, double y) {
            int at = row * inputs;
            features[at++] = (float) x;
            features[at++] = (float) y;
            for (int k = 0; k < FREQUENCIES; k++) {
                for (double coordinate : new double[] {x, y}) {
                    features[at++] = (float) StrictMath.sin(Math.PI * (1 << k) * coordinate);
                    features[at++] = (float) StrictMath.cos(Math.PI * (1 << k) * coordinate);
                }
            }
        }
    }
}
