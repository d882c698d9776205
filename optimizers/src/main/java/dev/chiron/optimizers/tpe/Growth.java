package dev.chiron.optimizers.tpe;

/** How long an array becomes that is full. */
final class Growth {

    private Growth() {}

    /** By an eighth: a trial's share of memory counts more than the copying. */
    static int of(int size) {
        return size + size / 8 + 16;
    }
}
