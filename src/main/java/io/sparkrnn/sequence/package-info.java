/**
 * Sequences, packed batches of them, the order in which batches are drawn, vocabularies, scaling.
 */
package io.sparkrnn.sequence;
