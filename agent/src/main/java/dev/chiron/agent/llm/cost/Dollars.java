package dev.chiron.agent.llm.cost;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Sums of US dollars for people. */
public final class Dollars {

    private static final MathContext SMALL = new MathContext(2, RoundingMode.HALF_UP);

    private Dollars() {}

    /** To the cent, and what is below a dollar to two digits: {@code $12.34}, {@code $0.012}, {@code $0}. */
    public static String text(BigDecimal usd) {
        if (usd.signum() == 0) {
            return "$0";
        }
        BigDecimal rounded =
                usd.compareTo(BigDecimal.ONE) < 0 ? usd.round(SMALL) : usd.setScale(2, RoundingMode.HALF_UP);
        BigDecimal cents = rounded.scale() < 2 ? rounded.setScale(2, RoundingMode.UNNECESSARY) : rounded;
        return "$" + cents.toPlainString();
    }
}
