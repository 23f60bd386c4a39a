/**
 * DataFrames out of formats that Spark does not read, and splits of them. A reader is found by the
 * name of its format; its settings are declared once and are the keys of a job's data block. Every
 * row has an {@code id} that does not depend on partitions.
 */
package io.sparkrnn.reader;
