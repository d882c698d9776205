package dev.chiron.agent.plot.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Values to pixels.
 *
 * @param low the value at the pixel {@code from}
 * @param high the value at the pixel {@code to}, above {@code low}
 * @param log whether by logarithms; {@code low} is above 0 then
 */
public record Scale(double low, double high, boolean log, double from, double to) {

    private static final double LOG_FROM = 50; // a range this wide is not readable in a linear scale
    private static final double MOST = 1e200; // beyond it logarithms and differences overflow

    /** A scale that spans values, with a little room beside them; logarithmic where they span much. */
    public static Scale spanning(double least, double most, double from, double to) {
        double low = Math.max(-MOST, Math.min(MOST, least));
        double high = Math.max(-MOST, Math.min(MOST, most));
        if (!(low < high)) {
            double room = low == 0 ? 1 : Math.abs(low) * 0.01;
            return new Scale(low - room, low + room, false, from, to);
        }
        if (low > 1 / MOST && high / low > LOG_FROM && high / low < MOST) {
            double room = Math.pow(high / low, 0.03);
            return new Scale(low / room, high * room, true, from, to);
        }
        double room = (high - low) * 0.04;
        return new Scale(low - room, high + room, false, from, to);
    }

    /** The same values onto other pixels. */
    public Scale onto(double first, double last) {
        return new Scale(low, high, log, first, last);
    }

    /** The pixel of a value; far outside for values far outside. */
    public double at(double value) {
        double share =
                log ? Math.log(Math.max(value, low * 1e-9) / low) / Math.log(high / low) : (value - low) / (high - low);
        double far = Math.max(-100, Math.min(100, share)); // what lies far outside must not overflow a canvas
        return from + far * (to - from);
    }

    /** Round values inside, about so many. */
    public List<Double> ticks(int wanted) {
        List<Double> ticks = new ArrayList<>();
        if (log) {
            int first = (int) Math.floor(Math.log10(low));
            int last = (int) Math.ceil(Math.log10(high));
            int step = Math.max(1, (last - first) / wanted);
            double[] parts = last - first <= 3 ? new double[] {1, 2, 5} : new double[] {1};
            for (int power = first; power <= last; power += step) {
                for (double part : parts) {
                    add(ticks, part * Math.pow(10, power));
                }
            }
            return ticks;
        }
        double step = step(wanted);
        long first = (long) Math.ceil(low / step);
        for (long i = first; i * step <= high && ticks.size() < 50; i++) {
            add(ticks, i * step);
        }
        return ticks;
    }

    private void add(List<Double> ticks, double value) {
        if (value >= low && value <= high) {
            ticks.add(value);
        }
    }

    private double step(int wanted) {
        double rough = (high - low) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double part : new double[] {1, 2, 5}) {
            if (part * power >= rough) {
                return part * power;
            }
        }
        return 10 * power;
    }

    /** A tick as text. */
    public String label(double tick, int wanted) {
        double size = Math.abs(tick);
        if (size != 0 && (size >= 1e6 || size < 1e-4)) {
            return String.format(Locale.ROOT, "%.2e", tick)
                    .replaceAll("\\.?0*e", "e")
                    .replaceAll("e([+-])0", "e$1")
                    .replace("e+", "e");
        }
        int decimals = log
                ? Math.max(0, (int) Math.ceil(-Math.log10(Math.max(size, 1e-9)) - 1e-9))
                : Math.max(0, (int) Math.ceil(-Math.log10(step(wanted)) - 1e-9));
        return String.format(Locale.ROOT, "%." + Math.min(decimals, 12) + "f", tick);
    }
}
