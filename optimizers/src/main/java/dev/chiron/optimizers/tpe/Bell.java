package dev.chiron.optimizers.tpe;

/** A Gaussian along a {@link Scale}, in its units, to be cut off at its ends. */
record Bell(double centre, double width) {

    /** As wide as the range: next to nothing is known. */
    static Bell over(Scale scale) {
        return new Bell((scale.low() + scale.high()) / 2, scale.high() - scale.low());
    }
}
