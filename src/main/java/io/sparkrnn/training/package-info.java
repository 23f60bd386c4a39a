/**
 * Synchronous distributed training as sums that are merged and divided once, over an interface with
 * a local and a distributed implementation; nothing here knows Spark.
 */
package io.sparkrnn.training;
