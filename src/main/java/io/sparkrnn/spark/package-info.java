/** The only distribution code: rounds on Spark, shards as a cached RDD, files through Hadoop. */
package io.sparkrnn.spark;
