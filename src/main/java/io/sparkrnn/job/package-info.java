/**
 * The command-line program: one subcommand a class. A command reads its job file, calls the Spark
 * ML face and hands over the report.
 */
package io.sparkrnn.job;
