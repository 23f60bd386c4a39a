/**
 * Arithmetic on flat float arrays: views of rows, matrix products and their backends, activations,
 * and seeded random numbers. Nothing above this package knows which backend multiplies.
 */
package io.sparkrnn.math;
