package dev.chiron.evals.onnx;

/** A file that is no ONNX model, or one that uses what is not supported here. */
public final class MalformedModel extends RuntimeException {

    MalformedModel(String message) {
        super(message);
    }
}
