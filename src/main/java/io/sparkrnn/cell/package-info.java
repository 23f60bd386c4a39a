/**
 * Cells: the pointwise mathematics of gates, forward and backward, and nothing else. Every matrix
 * product and all of time belong to the unroller in {@code layer}.
 */
package io.sparkrnn.cell;
