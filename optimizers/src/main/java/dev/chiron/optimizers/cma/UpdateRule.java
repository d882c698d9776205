package dev.chiron.optimizers.cma;

/** How a generation changes the covariance matrix, and with which constants. */
public enum UpdateRule {
    /** Hansen's tutorial (arXiv 1604.00772), as in the Python library cmaes: negative weights for the worse half. */
    TUTORIAL,
    /** Commons Math's CMAESOptimizer without its active update: the worse half is not looked at. */
    COMMONS_MATH,
    /** Commons Math's CMAESOptimizer with its active update (Jastrebski, Arnold 2006; as in Hansen's older code). */
    COMMONS_MATH_ACTIVE,
    /** A diagonal matrix, which learns no correlations, but the widths faster (Ros, Hansen 2008), as in cmaes. */
    SEPARABLE;

    boolean isCommonsMath() {
        return this == COMMONS_MATH || this == COMMONS_MATH_ACTIVE;
    }
}
