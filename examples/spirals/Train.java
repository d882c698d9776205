import java.util.Locale;
import java.util.Random;

/**
 * Learns to tell three interleaved spirals apart: a network of two hidden layers, plain loops, one thread. The budget is a
 * number of examples, so a run with the same settings gives the same loss to the last digit.
 */
public final class Train {

    // What may be tuned. The values are what one writes down at first.
    static final double LEARNING_RATE = 0.02;
    static final int BATCH_SIZE = 64;
    static final int WIDTH = 16;
    static final double MOMENTUM = 0.5;
    static final double WEIGHT_DECAY = 1e-4;
    static final double INIT_SCALE = 0.7;
    static final double WARMUP_RATIO = 0.1;
    static final double COOLDOWN_RATIO = 0.0;
    static final double INPUT_SCALE = 1.0;
    static final double CLIP = 1.0;
    static final String ACTIVATION = "relu";

    // What is given.
    static final int EXAMPLES = 1_000_000;
    static final long MEMORY = 1_200_000;
    static final int CLASSES = 3;
    static final int SEED = Integer.parseInt(System.getProperty("seed", "1"));

    private Train() {}

    public static void main(String[] args) {
        // A device with little memory: activations and weights of a large network do not fit.
        long cells = (long) BATCH_SIZE * WIDTH * 40 + 16L * WIDTH * WIDTH;
        if (cells > MEMORY) {
            throw new OutOfMemoryError("device: " + cells + " cells wanted, " + MEMORY + " there");
        }
        Spirals training = new Spirals(3_000, 1000 + SEED);
        Spirals validation = new Spirals(2_000, 7);
        Network network = new Network(new Random(SEED));
        Random order = new Random(SEED + 99);
        int steps = EXAMPLES / BATCH_SIZE;
        for (int step = 1; step <= steps; step++) {
            network.step(training, order, rate(step / (double) steps));
            if (step % Math.max(1, steps / 8) == 0 && step < steps) {
                System.out.printf(Locale.ROOT, "step: %d val_loss: %.6f%n", step, network.loss(validation));
            }
        }
        System.out.printf(Locale.ROOT, "accuracy: %.4f%n", network.accuracy(validation));
        System.out.printf(Locale.ROOT, "val_loss: %.6f%n", network.loss(validation));
    }

    /** Linear up during the warm-up, linear down during the cool-down. */
    static double rate(double done) {
        double up = WARMUP_RATIO > 0 ? Math.min(1, done / WARMUP_RATIO) : 1;
        double down = COOLDOWN_RATIO > 0 ? Math.min(1, (1 - done) / COOLDOWN_RATIO) : 1;
        return LEARNING_RATE * Math.min(up, down);
    }

    /** Points on three arms, two turns each, with a little noise. */
    static final class Spirals {
        final double[][] points;
        final int[] labels;

        Spirals(int count, int seed) {
            Random random = new Random(seed);
            points = new double[count][2];
            labels = new int[count];
            for (int i = 0; i < count; i++) {
                labels[i] = i % CLASSES;
                double along = Math.sqrt(random.nextDouble());
                double angle = along * 4 * Math.PI + labels[i] * 2 * Math.PI / CLASSES;
                points[i][0] = along * Math.cos(angle) + 0.025 * random.nextGaussian();
                points[i][1] = along * Math.sin(angle) + 0.025 * random.nextGaussian();
            }
        }
    }

    /** Two inputs, two hidden layers of WIDTH, three outputs; stochastic gradient descent with momentum. */
    static final class Network {
        final Layer first;
        final Layer second;
        final Layer last;

        Network(Random random) {
            first = new Layer(2, WIDTH, random);
            second = new Layer(WIDTH, WIDTH, random);
            last = new Layer(WIDTH, CLASSES, random);
        }

        void step(Spirals data, Random order, double rate) {
            for (int b = 0; b < BATCH_SIZE; b++) {
                int i = order.nextInt(data.labels.length);
                double[] h1 = activated(first.forward(scaled(data.points[i])));
                double[] h2 = activated(second.forward(h1));
                double[] gradient = softmax(last.forward(h2));
                gradient[data.labels[i]] -= 1;
                double[] g2 = chained(last.backward(h2, gradient), h2);
                double[] g1 = chained(second.backward(h1, g2), h1);
                first.backward(scaled(data.points[i]), g1);
            }
            double norm = Math.sqrt(first.norm() + second.norm() + last.norm()) / BATCH_SIZE;
            double scale = Math.min(1, CLIP / norm) / BATCH_SIZE;
            first.update(rate, scale);
            second.update(rate, scale);
            last.update(rate, scale);
        }

        private double[] output(double[] point) {
            return softmax(last.forward(activated(second.forward(activated(first.forward(scaled(point)))))));
        }

        double loss(Spirals data) {
            double sum = 0;
            for (int i = 0; i < data.labels.length; i++) {
                sum -= Math.log(Math.max(1e-9, output(data.points[i])[data.labels[i]]));
            }
            return sum / data.labels.length;
        }

        double accuracy(Spirals data) {
            int right = 0;
            for (int i = 0; i < data.labels.length; i++) {
                double[] p = output(data.points[i]);
                boolean best = true;
                for (double other : p) {
                    best &= p[data.labels[i]] >= other;
                }
                right += best ? 1 : 0;
            }
            return right / (double) data.labels.length;
        }
    }

    static double[] scaled(double[] point) {
        return new double[] {point[0] * INPUT_SCALE, point[1] * INPUT_SCALE};
    }

    static double[] activated(double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = switch (ACTIVATION) {
                case "relu" -> Math.max(0, x[i]);
                case "tanh" -> Math.tanh(x[i]);
                default -> 1 / (1 + Math.exp(-x[i]));
            };
        }
        return x;
    }

    /** The gradient before the activation, whose output is h. */
    static double[] chained(double[] gradient, double[] h) {
        for (int i = 0; i < h.length; i++) {
            gradient[i] *= switch (ACTIVATION) {
                case "relu" -> h[i] > 0 ? 1 : 0;
                case "tanh" -> 1 - h[i] * h[i];
                default -> h[i] * (1 - h[i]);
            };
        }
        return gradient;
    }

    static double[] softmax(double[] x) {
        double max = Double.NEGATIVE_INFINITY;
        for (double value : x) {
            max = Math.max(max, value);
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.exp(x[i] - max);
            sum += x[i];
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= sum;
        }
        return x;
    }

    /** A fully connected layer; the last weight of each row is the bias. */
    static final class Layer {
        final double[][] weights;
        final double[][] gradients;
        final double[][] velocities;

        Layer(int inputs, int outputs, Random random) {
            weights = new double[outputs][inputs + 1];
            gradients = new double[outputs][inputs + 1];
            velocities = new double[outputs][inputs + 1];
            for (double[] row : weights) {
                for (int i = 0; i < inputs; i++) {
                    row[i] = INIT_SCALE * random.nextGaussian() / Math.sqrt(inputs);
                }
            }
        }

        double[] forward(double[] x) {
            double[] y = new double[weights.length];
            for (int o = 0; o < y.length; o++) {
                double[] row = weights[o];
                double sum = row[x.length];
                for (int i = 0; i < x.length; i++) {
                    sum += row[i] * x[i];
                }
                y[o] = sum;
            }
            return y;
        }

        /** Adds to the gradients; returns the gradient of the inputs. */
        double[] backward(double[] x, double[] gradient) {
            double[] inputs = new double[x.length];
            for (int o = 0; o < gradient.length; o++) {
                double g = gradient[o];
                double[] row = weights[o];
                double[] into = gradients[o];
                for (int i = 0; i < x.length; i++) {
                    into[i] += g * x[i];
                    inputs[i] += g * row[i];
                }
                into[x.length] += g;
            }
            return inputs;
        }

        double norm() {
            double sum = 0;
            for (double[] row : gradients) {
                for (double g : row) {
                    sum += g * g;
                }
            }
            return sum;
        }

        void update(double rate, double scale) {
            for (int o = 0; o < weights.length; o++) {
                for (int i = 0; i < weights[o].length; i++) {
                    double g = gradients[o][i] * scale + WEIGHT_DECAY * weights[o][i];
                    velocities[o][i] = MOMENTUM * velocities[o][i] - g;
                    weights[o][i] += rate * velocities[o][i];
                    gradients[o][i] = 0;
                }
            }
        }
    }
}
