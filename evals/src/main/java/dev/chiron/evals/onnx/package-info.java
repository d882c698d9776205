/**
 * Reads and evaluates the small ONNX graphs of the YAHPO surrogates: only their operators, one row at a time. Why there is
 * an own evaluator: {@code docs/decisions/0008-own-onnx-evaluator.md}.
 */
@NullMarked
package dev.chiron.evals.onnx;

import org.jspecify.annotations.NullMarked;
