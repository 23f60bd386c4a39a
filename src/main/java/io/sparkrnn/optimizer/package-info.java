/** Optimizers over flat arrays, learning rate schedules, clipping. */
package io.sparkrnn.optimizer;
