/**
 * What every other test compares the product with: the equations of the project once more, in
 * {@code double}, one sequence and one step at a time, with gradients by differences of the loss.
 * Nothing here uses a class of the product, batches, packs or reuses memory; each class is meant to
 * be checked by reading it beside its equation.
 */
package io.sparkrnn.oracle;
